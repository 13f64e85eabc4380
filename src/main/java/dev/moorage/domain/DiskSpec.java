package dev.moorage.domain;

/**
 * What a disk is, apart from what happens to it.
 *
 * @param account the owner
 * @param sizeGiB capacity in GiB
 * @param portable can be moved between instances
 */
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
        boolean deleteAutoSnapshot) {

    /** A data disk that outlives its instance is paid by use from then on, and can be moved. */
    DiskSpec outlivingItsInstance() {
        return new DiskSpec(
                account,
                regionId,
                zoneId,
                type,
                category,
                sizeGiB,
                name,
                description,
                ChargeType.POST_PAID,
                type == DiskType.DATA || portable,
                deleteAutoSnapshot);
    }
}
