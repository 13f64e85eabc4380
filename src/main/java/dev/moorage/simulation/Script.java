package dev.moorage.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * All of a trial that can be left out: what is done, and when the power goes. The rest follows from the seed.
 *
 * @param crashes after how many batches of its life the power goes, life by life; the last life has none
 */
record Script(long seed, List<Deed> deeds, List<Crash> crashes) {
    private static final int MOST_DEEDS = 80;
    private static final int MOST_CRASHES = 3;

    /** @param batches that are written before the one during which the power goes */
    record Crash(int batches, boolean isAfter) {}

    Script {
        deeds = List.copyOf(deeds);
        crashes = List.copyOf(crashes);
    }

    static Script of(long seed) {
        var chance = new Chance(seed).of("script");
        var deeds = new ArrayList<Deed>();
        int count = 10 + chance.nextInt(MOST_DEEDS - 10);
        long pace = pace(chance);
        long at = 0;
        for (int i = 0; i < count; i++) {
            // Some come together.
            if (chance.nextInt(3) > 0) at += chance.nextLong(2 * pace);
            deeds.add(Deed.draw(chance, at));
        }
        var crashes = new ArrayList<Crash>();
        int times = chance.nextInt(MOST_CRASHES + 1);
        for (int i = 0; i < times; i++) {
            crashes.add(new Crash(chance.nextInt(1 + 3 * count / (times + 1)), chance.nextBoolean()));
        }
        return new Script(seed, deeds, crashes);
    }

    /** In some trials all happens within moments, in others a minute has one call. */
    private static long pace(SplittableRandom chance) {
        return switch (chance.nextInt(4)) {
            case 0 -> 500_000L;
            case 1 -> 20_000_000L;
            case 2 -> 1_000_000_000L;
            default -> 10_000_000_000L;
        };
    }

    Script withDeeds(List<Deed> others) {
        return new Script(seed, others, crashes);
    }

    Script withCrashes(List<Crash> others) {
        return new Script(seed, deeds, others);
    }
}
