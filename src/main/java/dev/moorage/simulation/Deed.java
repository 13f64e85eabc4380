package dev.moorage.simulation;

import java.time.Duration;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Something that somebody does in a trial. What it is done to is drawn beforehand, but by its place in a list: it may not be
 * there yet.
 *
 * @param nanos since the trial began
 * @param choice what the details of the kind follow from
 */
record Deed(long nanos, Kind kind, int disk, int instance, int choice) {
    /** What can be done, and how often it is compared with the others. */
    enum Kind {
        ATTACH(24),
        DETACH(24),
        DESCRIBE(4),
        CREATE(6),
        CREATE_BY_TOKEN(3),
        CREATE_ON_INSTANCE(2),
        DELETE(4),
        RESIZE(2),
        MODIFY(3),
        SNAPSHOT(2),
        RE_INIT(1),
        STOP(2),
        START(3),
        REBOOT(1),
        RELEASE(2),
        RUN(2),
        RULE(3),
        NO_RULES(1);

        private final int weight;

        Kind(int weight) {
            this.weight = weight;
        }
    }

    private static final int ALL = sum();

    private static int sum() {
        int sum = 0;
        for (var kind : Kind.values()) sum += kind.weight;
        return sum;
    }

    static Deed draw(SplittableRandom chance, long nanos) {
        int point = chance.nextInt(ALL);
        var drawn = Kind.ATTACH;
        for (var kind : Kind.values()) {
            drawn = kind;
            point -= kind.weight;
            if (point < 0) break;
        }
        return new Deed(nanos, drawn, chance.nextInt(1_000), chance.nextInt(1_000), chance.nextInt(1_000));
    }

    /** For people. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%9.3f s  %s disk %d instance %d (%d)",
                nanos / (double) Duration.ofSeconds(1).toNanos(),
                kind.name().toLowerCase(Locale.ROOT).replace('_', ' '),
                disk,
                instance,
                choice);
    }
}
