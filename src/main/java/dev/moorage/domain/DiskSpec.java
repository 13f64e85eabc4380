package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.SortedMap;

/**
 * What a disk is, apart from what happens to it.
 *
 * @param account the owner
 * @param sizeGiB capacity in GiB
 * @param portable can be moved between instances
 * @param performanceLevel {@code PL0} to {@code PL3}; empty where the category has none
 * @param provisionedIops IOPS beyond what the size gives; 0 for none
 * @param kmsKeyId the key that it is encrypted with; empty for the service's own
 * @param sourceSnapshotId what it was made from; empty for nothing
 * @param imageId what a system disk was made from; empty for a data disk
 */
@RecordBuilder
public record DiskSpec(
        String account,
        String regionId,
        String zoneId,
        DiskType type,
        String category,
        int sizeGiB,
        String name,
        String description,
        ChargeType chargeType,
        boolean portable,
        boolean deleteAutoSnapshot,
        boolean enableAutoSnapshot,
        String performanceLevel,
        long provisionedIops,
        boolean burstingEnabled,
        boolean encrypted,
        String kmsKeyId,
        boolean multiAttach,
        String sourceSnapshotId,
        String imageId,
        String resourceGroupId,
        SortedMap<String, String> tags)
        implements DiskSpecBuilder.With {

    /** What says nothing is not written to the journal, and comes back from there as null. */
    public DiskSpec {
        if (performanceLevel == null) performanceLevel = "";
        if (kmsKeyId == null) kmsKeyId = "";
        if (sourceSnapshotId == null) sourceSnapshotId = "";
        if (imageId == null) imageId = "";
        if (resourceGroupId == null) resourceGroupId = "";
        tags = tags == null ? Tags.NONE : Tags.of(tags);
    }

    /** A disk with nothing special. */
    public DiskSpec(
            String account,
            String regionId,
            String zoneId,
            DiskType type,
            String category,
            int sizeGiB,
            String name,
            String description,
            ChargeType chargeType,
            boolean portable,
            boolean deleteAutoSnapshot) {
        this(
                account,
                regionId,
                zoneId,
                type,
                category,
                sizeGiB,
                name,
                description,
                chargeType,
                portable,
                deleteAutoSnapshot,
                false,
                "",
                0,
                false,
                false,
                "",
                false,
                "",
                "",
                "",
                Tags.NONE);
    }

    /** A disk of the host that its instance runs on. */
    public boolean isLocal() {
        return category.startsWith("local_") || category.startsWith("ephemeral");
    }

    /** A data disk that outlives its instance is paid by use from then on, and can be moved. */
    DiskSpec outlivingItsInstance() {
        return withChargeType(ChargeType.POST_PAID).withPortable(type == DiskType.DATA || portable);
    }
}
