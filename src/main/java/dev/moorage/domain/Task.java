package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Another category or performance for a disk, which takes its time while the disk goes on working.
 *
 * @param id such as {@code t-bp1hvgwromzv32iq****}
 * @param performanceLevel empty where the category has none
 * @param provisionedIops IOPS beyond what the size gives; 0 for none
 * @param begun the story of its beginning
 * @param due simulated time at which it is done; null if it waits for a hand
 * @param finishedAt when it was; null while it is under way
 */
@RecordBuilder
public record Task(
        String id,
        String category,
        String performanceLevel,
        long provisionedIops,
        Story begun,
        @Nullable Instant due,
        @Nullable Instant finishedAt)
        implements TaskBuilder.With {

    public boolean isFinished() {
        return finishedAt != null;
    }

    /** It is to be done then, if it is under way and one that is meant. */
    Task rescheduled(@Nullable Instant then, @Nullable String incident) {
        boolean isMeant = !isFinished() && (incident == null || begun.isOf(incident));
        return isMeant ? withDue(then) : this;
    }
}
