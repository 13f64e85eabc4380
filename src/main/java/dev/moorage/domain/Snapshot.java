package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * What a disk held at one moment. It belongs to that disk's history, and outlives the disk.
 *
 * @param number counts the snapshots of the disk, from 1 on; none is given twice
 * @param sourceDiskType what the disk was when it was taken
 * @param sourceSizeGiB size of the disk then, in GiB
 * @param retentionDays days for which it is to be kept; null for ever
 * @param category {@code standard} or {@code flash}
 * @param begun the story of its creation
 * @param due simulated time at which it is whole; null if it waits for a hand
 * @param finishedAt when it was; null while it is being taken
 */
@RecordBuilder
public record Snapshot(
        SnapshotId id,
        int number,
        String name,
        String description,
        DiskType sourceDiskType,
        int sourceSizeGiB,
        boolean encrypted,
        String kmsKeyId,
        @Nullable Integer retentionDays,
        String category,
        boolean instantAccess,
        String resourceGroupId,
        SortedMap<String, String> tags,
        Story begun,
        @Nullable Instant due,
        @Nullable Instant finishedAt)
        implements SnapshotBuilder.With {

    /** What it is while it is being taken, and from then on. */
    public static final String PROGRESSING = "progressing";

    public static final String ACCOMPLISHED = "accomplished";

    public boolean isAccomplished() {
        return finishedAt != null;
    }

    /** How much of it there is, in percent. Time passes evenly. */
    public int progressPercent(Instant now) {
        if (isAccomplished()) return 100;
        if (due == null) return 99;
        long wholeMillis = Duration.between(begun.at(), due).toMillis();
        long passedMillis = Duration.between(begun.at(), now).toMillis();
        return wholeMillis <= 0 ? 99 : (int) Math.max(0, Math.min(99, 100 * passedMillis / wholeMillis));
    }

    /** It is to be done then, if it is under way and one that is meant. */
    Snapshot rescheduled(@Nullable Instant then, @Nullable String incident) {
        boolean isMeant = !isAccomplished() && (incident == null || begun.isOf(incident));
        return isMeant ? withDue(then) : this;
    }
}
