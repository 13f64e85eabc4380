package dev.moorage.simulation;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;

/** All chance, from one seed: each who draws has a fork of its own, so that one more draw changes nobody else's. */
final class Chance {
    private final long seed;

    Chance(long seed) {
        this.seed = seed;
    }

    /** What somebody draws from: the same for the same seed and name. */
    SplittableRandom of(String name) {
        return new SplittableRandom(mixed(seed * 31 + name.hashCode()));
    }

    Chance fork(String name) {
        return new Chance(mixed(seed * 31 + name.hashCode()));
    }

    private static long mixed(long number) {
        long mixed = (number ^ (number >>> 30)) * 0xbf58476d1ce4e5b9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94d049bb133111ebL;
        return mixed ^ (mixed >>> 31);
    }

    /**
     * Akka draws from its thread's own chance: the numbers of actors, on which the order of some notices depends, and how
     * long one pauses before another try.
     */
    void seedThread() {
        ThreadLocalRandom.current();
        try {
            THREAD_SEED.invoke(Thread.currentThread(), mixed(seed));
        } catch (Throwable e) {
            throw new IllegalStateException("The chance of this Java's threads cannot be set", e);
        }
    }

    private static final MethodHandle THREAD_SEED = threadSeed();

    /** By name: there is no other way to it, and no compiler lets one name it without a warning. */
    private static MethodHandle threadSeed() {
        try {
            var unsafeClass = Class.forName("sun.misc.Unsafe");
            var field = unsafeClass.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            var unsafe = field.get(null);
            var lookup = MethodHandles.publicLookup();
            long offset = (long) lookup.findVirtual(
                            unsafeClass,
                            "objectFieldOffset",
                            MethodType.methodType(long.class, java.lang.reflect.Field.class))
                    .invoke(unsafe, Thread.class.getDeclaredField("threadLocalRandomSeed"));
            var put = lookup.findVirtual(
                    unsafeClass, "putLong", MethodType.methodType(void.class, Object.class, long.class, long.class));
            var bound = put.bindTo(unsafe);
            return MethodHandles.insertArguments(bound, 1, offset)
                    .asType(MethodType.methodType(void.class, Thread.class, long.class));
        } catch (Throwable e) {
            throw new IllegalStateException("The chance of this Java's threads cannot be set", e);
        }
    }
}
