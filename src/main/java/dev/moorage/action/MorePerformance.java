package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_BURSTING_ENABLED_DISK_SIZE_TOO_SMALL;
import static dev.moorage.contract.ErrorCode.INVALID_PROVISIONED_IOPS_LIMIT_EXCEED;
import static dev.moorage.contract.ErrorCode.PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import java.util.Optional;

/** What a new disk is to give beyond what its size gives. */
record MorePerformance(String category, int provisionedIops, boolean bursts) {
    /** @param prefix of its parameters */
    static MorePerformance of(Arguments arguments, String prefix, String category) {
        return new MorePerformance(
                category,
                arguments.integer(prefix + "ProvisionedIops").orElse(0),
                arguments.isTrue(prefix + "BurstingEnabled"));
    }

    Optional<Rejection> wrongForCategory() {
        boolean auto = category.equals(DiskCategories.AUTO);
        if (provisionedIops != 0 && !auto) return reject(PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED);
        if (bursts && !auto) return reject(BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED);
        return Optional.empty();
    }

    Optional<Rejection> wrongForSize(int sizeGiB) {
        if (provisionedIops < 0 || provisionedIops > DiskPerformance.maxProvisionedIops(category, sizeGiB)) {
            return reject(INVALID_PROVISIONED_IOPS_LIMIT_EXCEED);
        }
        if (bursts && !DiskPerformance.takesMore(sizeGiB)) return reject(INVALID_BURSTING_ENABLED_DISK_SIZE_TOO_SMALL);
        return Optional.empty();
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
