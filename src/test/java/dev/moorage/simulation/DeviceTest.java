package dev.moorage.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.moorage.journal.MemoryStorage;
import dev.moorage.journal.Storage;
import dev.moorage.simulation.Device.Fate;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DeviceTest {
    private static final byte[] KEY = "key 00000001".getBytes(UTF_8);
    private static final byte[] VALUE = {1};

    private final Platter platter = new Platter();
    private final VirtualTime time = new VirtualTime(Cloud.BEGINNING, null);
    private final Device device = new Device(platter, time);

    private record Always(Fate fate) implements Device.Weather {
        @Override
        public long nanos() {
            return 500;
        }
    }

    @Test
    void writesAtOnceUntilThereIsWeather() {
        assertTrue(write(null).isDone());
        assertArrayEquals(VALUE, device.get(KEY));
    }

    @Test
    void isDurableOnlyAfterAWhile() {
        var written = write(Fate.WRITTEN);
        time.runUntil(499);
        assertFalse(written.isDone());
        assertNull(device.get(KEY));
        time.runUntil(500);
        assertTrue(written.isDone());
        assertArrayEquals(VALUE, device.get(KEY));
    }

    @Test
    void failsWithOrWithoutATrace() {
        var written = write(Fate.FAILED);
        time.runUntil(500);
        assertTrue(written.isCompletedExceptionally());
        assertNull(device.get(KEY));
        var late = write(Fate.FAILED_LATE);
        time.runUntil(1_000);
        assertTrue(late.isCompletedExceptionally());
        assertArrayEquals(VALUE, device.get(KEY));
    }

    @Test
    void tellsNobodyWhenThePowerGoes() {
        var written = write(Fate.CRASH_BEFORE);
        time.runUntil(Long.MAX_VALUE);
        assertFalse(written.isDone());
        assertTrue(time.isHalted());
        assertNull(platter.get(KEY));
    }

    @Test
    void keepsWhatWasDurableWhenThePowerWent() {
        var written = write(Fate.CRASH_AFTER);
        time.runUntil(Long.MAX_VALUE);
        assertFalse(written.isDone());
        assertArrayEquals(VALUE, platter.get(KEY));
    }

    private CompletableFuture<Void> write(@Nullable Fate fate) {
        if (fate != null) device.setWeather(new Always(fate));
        return device.write(List.of(new Storage.Pair(KEY, VALUE))).toCompletableFuture();
    }

    @Test
    void holdsWhatAnyStorageHolds() {
        long seed = 20261129;
        var chance = new SplittableRandom(seed);
        var reference = new MemoryStorage();
        for (int i = 0; i < 2_000; i++) {
            var batch = new ArrayList<Storage.Pair>();
            for (int j = chance.nextInt(1, 5); j > 0; j--) {
                byte[] value = chance.nextInt(4) == 0 ? null : new byte[] {(byte) i, (byte) j};
                batch.add(new Storage.Pair(key(chance), value));
            }
            platter.commit(batch);
            reference.write(batch);
        }
        for (int i = 0; i < 2_000; i++) {
            byte[] from = key(chance);
            byte[] to = chance.nextBoolean() ? key(chance) : withNumber(from, chance.nextInt(50));
            assertEquals(scanned(reference, from, to), scanned(device, from, to), "seed " + seed + ", scan " + i);
            assertTrue(Arrays.equals(reference.get(from), device.get(from)), "seed " + seed + ", get " + i);
        }
    }

    private static byte[] key(SplittableRandom chance) {
        byte[] beginning = {"eids".getBytes(UTF_8)[chance.nextInt(4)], (byte) chance.nextInt(3)};
        if (chance.nextInt(10) == 0) return beginning;
        return ByteBuffer.allocate(10)
                .put(beginning)
                .putLong(chance.nextInt(50))
                .array();
    }

    private static byte[] withNumber(byte[] key, long number) {
        return key.length < 10
                ? key
                : ByteBuffer.wrap(key.clone()).putLong(2, number).array();
    }

    private static List<String> scanned(Storage storage, byte[] from, byte[] to) {
        var seen = new ArrayList<String>();
        storage.scan(from, to, (key, value) -> {
            seen.add(HexFormat.of().formatHex(key) + "=" + HexFormat.of().formatHex(value));
            return seen.size() < 20;
        });
        return seen;
    }

    @Test
    void hashesWhatWasWrittenInItsOrder() {
        var one = new Storage.Pair(KEY, VALUE);
        var other = new Storage.Pair("key 00000002".getBytes(UTF_8), VALUE);
        assertEquals(hash(one, other), hash(one, other));
        assertNotEquals(hash(one, other), hash(other, one));
    }

    private static String hash(Storage.Pair... pairs) {
        var written = new Platter();
        for (var pair : pairs) written.commit(List.of(pair));
        return written.hash();
    }
}
