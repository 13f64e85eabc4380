package dev.moorage.http;

import dev.moorage.domain.Restoring;
import dev.moorage.domain.Story;
import java.util.concurrent.CompletionStage;

/** What is done to disks and instances from outside, while all stands still: by those who write journals and read fleets. */
public interface Operations {
    /** The sentence for somebody who asked for what cannot be. */
    final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1;

        public Refused(String message) {
            super(message, null, false, false);
        }
    }

    /**
     * How much was changed.
     *
     * @param instances how many got another state, came or went
     * @param disks how many did
     */
    record Changed(int instances, int disks) {}

    /** Brings disks and instances back. */
    CompletionStage<Changed> restore(Restoring to, Story story);

    /** Adds a fleet; fails with {@link Refused} if it cannot be. */
    CompletionStage<Changed> load(String fleet, Story story);
}
