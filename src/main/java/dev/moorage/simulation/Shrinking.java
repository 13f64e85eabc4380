package dev.moorage.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Looks for the shortest script that still breaks the same promise: leaves out what can be left out, halves first. */
final class Shrinking {
    private static final int MOST_TRIALS = 600;

    private final Function<Script, Optional<Failed>> trial;
    private final String meant;
    private Script shortest;
    private Failed failed;
    private int trials;

    /** How a trial failed, and what it was. */
    record Failed(Throwable why, Trial trial) {
        /** What is the same in two trials that fail alike. */
        String kind() {
            return why instanceof Broken broken
                    ? broken.promise().name()
                    : why.getClass().getName();
        }
    }

    private Shrinking(Function<Script, Optional<Failed>> trial, Script script, Failed failed) {
        this.trial = trial;
        this.shortest = script;
        this.failed = failed;
        this.meant = failed.kind();
    }

    /** What was left, and how that failed. */
    record Shrunk(Script script, Failed failed) {}

    static Shrunk of(Script script, Failed failed, Function<Script, Optional<Failed>> trial) {
        var shrinking = new Shrinking(trial, script, failed);
        shrinking.run();
        return new Shrunk(shrinking.shortest, shrinking.failed);
    }

    private void run() {
        int before;
        do {
            before = shortest.deeds().size() + shortest.crashes().size();
            leaveOutCrashes();
            leaveOutDeeds();
        } while (shortest.deeds().size() + shortest.crashes().size() < before && trials < MOST_TRIALS);
    }

    private void leaveOutCrashes() {
        for (int i = shortest.crashes().size() - 1; i >= 0; i--) {
            fails(shortest.withCrashes(without(shortest.crashes(), i, i + 1)));
        }
    }

    private void leaveOutDeeds() {
        for (int part = Math.max(1, shortest.deeds().size() / 2); part > 0; part /= 2) {
            int at = 0;
            while (at < shortest.deeds().size() && trials < MOST_TRIALS) {
                int end = Math.min(at + part, shortest.deeds().size());
                if (!fails(shortest.withDeeds(without(shortest.deeds(), at, end)))) at = end;
            }
        }
    }

    private boolean fails(Script shorter) {
        trials++;
        var result = trial.apply(shorter).filter(other -> other.kind().equals(meant));
        result.ifPresent(other -> {
            shortest = shorter;
            failed = other;
        });
        return result.isPresent();
    }

    private static <T> List<T> without(List<T> all, int from, int to) {
        var left = new ArrayList<>(all);
        left.subList(from, to).clear();
        return left;
    }
}
