package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_CREATING_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.DOWNGRADE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_EXPIRED_OR_IN_ARREARS;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_CATEGORY_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_INSTANCE_STATUS_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_OPERATION_MULTI_ATTACH_DISK;
import static dev.moorage.contract.ErrorCode.INVALID_PERFORMANCE_LEVEL_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PERFORMANCE_LEVEL_PARAM_MISMATCH;
import static dev.moorage.contract.ErrorCode.INVALID_PERFORMANCE_LEVEL_TOO_LOW;
import static dev.moorage.contract.ErrorCode.INVALID_PROVISIONED_IOPS_LIMIT_EXCEED;
import static dev.moorage.contract.ErrorCode.INVALID_STATUS_DISK_NOT_READY;
import static dev.moorage.contract.ErrorCode.NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL;
import static dev.moorage.contract.ErrorCode.OPERATION_DENIED_PERFORMANCE_LEVEL_NOT_MATCH;
import static dev.moorage.contract.ErrorCode.PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.Instance;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;

/**
 * Turns a disk into one of another category, of another performance level, or with other provisioned IOPS. What is not
 * asked for stays as it is, where the new category has it.
 *
 * @param taskId of the task that it becomes: clients wait for its end
 */
record ModifyDiskSpec(DiskId diskId, Wanted wanted, boolean dryRun, String taskId, String orderId)
        implements GatedDiskChange {
    /** What a disk can be turned into and from, best first. */
    private static final List<String> CATEGORIES =
            List.of(DiskCategories.ESSD, DiskCategories.AUTO, "cloud_ssd", "cloud_essd_entry", "cloud_efficiency");

    private static final String LOWEST_LEVEL = "PL0";

    /** What the caller asks for. */
    private record Wanted(
            Optional<String> category, Optional<String> performanceLevel, Optional<Integer> provisionedIops) {
        Kind of(Kind now) {
            String next = category.orElse(now.category());
            boolean isOther = !next.equals(now.category());
            long iops = next.equals(DiskCategories.AUTO) && !isOther ? now.provisionedIops() : 0;
            var level = isOther ? performanceLevel : performanceLevel.or(() -> Optional.of(now.performanceLevel()));
            return new Kind(
                    next,
                    DiskCategories.performanceLevel(next, level),
                    provisionedIops.map(Integer::longValue).orElse(iops));
        }
    }

    /** What a disk is made of. */
    private record Kind(String category, String performanceLevel, long provisionedIops) {
        static Kind of(DiskSpec spec) {
            return new Kind(spec.category(), DiskCategories.performanceLevel(spec), spec.provisionedIops());
        }

        boolean isEssd() {
            return category.equals(DiskCategories.ESSD);
        }

        boolean isLowerLevelThan(Kind other) {
            return isEssd() && other.isEssd() && performanceLevel.compareTo(other.performanceLevel) < 0;
        }

        boolean isLowerCategoryThan(Kind other) {
            return CATEGORIES.indexOf(category) > CATEGORIES.indexOf(other.category);
        }
    }

    static ModifyDiskSpec of(Call call, Ids ids) {
        var arguments = call.arguments();
        var diskId = new DiskId(arguments.required("DiskId"));
        return new ModifyDiskSpec(
                diskId,
                new Wanted(
                        arguments.string("DiskCategory"),
                        arguments.string("PerformanceLevel"),
                        arguments.integer("ProvisionedIops")),
                arguments.isTrue("DryRun"),
                ids.newTaskFor(diskId),
                ids.newOrder());
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (!wanted.category().map(CATEGORIES::contains).orElse(true)) {
            return Change.reject(INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED);
        }
        if (!wanted.performanceLevel().map(DiskCategories::isPerformanceLevel).orElse(true)) {
            return Change.reject(INVALID_PERFORMANCE_LEVEL_MALFORMED);
        }
        var disk = view.disk(diskId);
        if (disk == null || disk.isReleased()) return Change.reject(INVALID_DISK_ID_NOT_FOUND);
        return Optional.empty();
    }

    @Override
    public Optional<ErrorCode> objection(Instance instance, Conditions conditions) {
        if (instance.isLockedForPayment()) return Optional.of(INSTANCE_EXPIRED_OR_IN_ARREARS);
        if (!instance.isRunningOrStopped()) return Optional.of(INVALID_OPERATION_INSTANCE_STATUS_UNSUPPORTED);
        return Optional.empty();
    }

    @Override
    public Decision decideAdmitted(Disk disk, Conditions conditions) {
        if (!disk.status().isAtRest()) return Decision.reject(INCORRECT_DISK_STATUS);
        // Clients that hear this look for the task, and wait for it.
        if (disk.taskUnderWay().isPresent()) return Decision.reject(INVALID_STATUS_DISK_NOT_READY);
        if (disk.snapshotInProgress().isPresent()) return Decision.reject(DISK_CREATING_SNAPSHOT);
        if (disk.spec().multiAttach()) return Decision.reject(INVALID_OPERATION_MULTI_ATTACH_DISK);

        var next = wanted.of(Kind.of(disk.spec()));
        var objection = objection(disk.spec(), next);
        if (objection.isPresent()) return Decision.reject(objection.get());
        if (dryRun) return Decision.reject(DRY_RUN_OPERATION);
        return Decision.accept(new DiskEvent.SpecChanging(
                conditions.story(),
                taskId,
                next.category(),
                next.performanceLevel(),
                next.provisionedIops(),
                conditions.due("ModifyDiskSpec")));
    }

    private Optional<ErrorCode> objection(DiskSpec spec, Kind next) {
        var now = Kind.of(spec);
        boolean isSubscription = spec.chargeType() == ChargeType.PRE_PAID;
        if (!CATEGORIES.contains(now.category())) return Optional.of(INVALID_DISK_CATEGORY_NOT_SUPPORTED);
        if (wanted.performanceLevel().isPresent() && !next.isEssd()) {
            return Optional.of(INVALID_PERFORMANCE_LEVEL_PARAM_MISMATCH);
        }
        if (next.provisionedIops() != 0 && !next.category().equals(DiskCategories.AUTO)) {
            return Optional.of(PROVISIONED_IOPS_FOR_DISK_CATEGORY_UNSUPPORTED);
        }
        if (next.equals(now)) return Optional.of(NO_CHANGE_IN_DISK_CATEGORY_AND_PERFORMANCE_LEVEL);
        if (next.provisionedIops() < 0
                || next.provisionedIops() > DiskPerformance.maxProvisionedIops(next.category(), spec.sizeGiB())) {
            return Optional.of(INVALID_PROVISIONED_IOPS_LIMIT_EXCEED);
        }
        if (isSubscription && next.isLowerCategoryThan(now)) return Optional.of(DOWNGRADE_NOT_SUPPORTED);
        if (next.isLowerLevelThan(now)
                && (isSubscription || next.performanceLevel().equals(LOWEST_LEVEL))) {
            return Optional.of(INVALID_PERFORMANCE_LEVEL_TOO_LOW);
        }
        if (!DiskCategories.comesIn(next.category(), next.performanceLevel(), spec.sizeGiB())) {
            return Optional.of(
                    next.isEssd() ? OPERATION_DENIED_PERFORMANCE_LEVEL_NOT_MATCH : INVALID_DISK_CATEGORY_NOT_SUPPORTED);
        }
        return Optional.empty();
    }

    @Override
    public Outcome.Success success(Disk disk) {
        var body = JsonNodeFactory.instance.objectNode().put("TaskId", taskId);
        if (disk.spec().chargeType() == ChargeType.PRE_PAID) body.put("OrderId", orderId);
        return Outcome.success(body);
    }
}
