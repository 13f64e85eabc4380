package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DELETE_WITH_INSTANCE_CONFLICT;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DEVICE_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DISK_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_CATEGORY_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_SIZE_TOO_SMALL;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_ENCRYPTED_ILLEGAL;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_DATA_DISK_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_READY;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_LESS_THAN_IMAGE_SIZE;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE;
import static dev.moorage.contract.ErrorCode.INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Device;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.AccountView;
import dev.moorage.view.SnapshotOf;
import java.util.List;
import java.util.Optional;

/**
 * One disk that is to be made with an instance.
 *
 * @param prefix of its parameters: {@code SystemDisk.} or {@code DataDisk.N.}
 */
record DiskPlan(InstancePlan instance, DiskType type, String prefix) {
    private static final String USUAL_SYSTEM_CATEGORY = "cloud_efficiency";
    private static final String USUAL_DATA_CATEGORY = "cloud";

    private Arguments arguments() {
        return instance.arguments();
    }

    private Optional<String> string(String name) {
        return arguments().string(prefix + name);
    }

    /** What a type does not take it does not get unasked. */
    private String category() {
        String usual = type == DiskType.SYSTEM ? USUAL_SYSTEM_CATEGORY : USUAL_DATA_CATEGORY;
        return string("Category")
                .orElseGet(() -> instance.type()
                        .filter(kind -> !kind.takes(usual))
                        .map(kind -> kind.family().diskCategories().get(0))
                        .orElse(usual));
    }

    private String performanceLevel() {
        return DiskCategories.performanceLevel(category(), string("PerformanceLevel"));
    }

    private Optional<Integer> askedSize() {
        return arguments().integer(prefix + "Size");
    }

    private int systemSize() {
        int image = instance.image().map(Image::size).orElse(0);
        return askedSize().orElse(Math.max(DiskCategories.DEFAULT_SYSTEM_GIB, image));
    }

    private Optional<SnapshotId> snapshotId() {
        return string("SnapshotId").map(SnapshotId::new);
    }

    Optional<SnapshotOf> snapshot(AccountView view) {
        return snapshotId()
                .flatMap(id -> Optional.ofNullable(view.snapshot(id)))
                .filter(taken -> isOfRegion(taken, view));
    }

    private boolean isOfRegion(SnapshotOf taken, AccountView view) {
        var source = view.disk(taken.diskId());
        return source != null && source.spec().regionId().equals(instance.regionId());
    }

    Optional<String> device() {
        return string("Device").flatMap(Device::data);
    }

    Optional<Rejection> wrongSystemDisk() {
        if (!DiskCategories.canBeSystemDisk(category()))
            return reject(INVALID_SYSTEM_DISK_CATEGORY_VALUE_NOT_SUPPORTED);
        if (systemSize() < DiskCategories.MIN_SYSTEM_GIB) return reject(INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE);
        if (systemSize() > DiskCategories.MAX_SYSTEM_GIB) return reject(INVALID_SYSTEM_DISK_SIZE_MORE_THAN_MAX_SIZE);
        if (systemSize() < instance.image().map(Image::size).orElse(0)) {
            return reject(INVALID_SYSTEM_DISK_SIZE_LESS_THAN_IMAGE_SIZE);
        }
        return wrongInEveryCase(systemSize()).or(this::wrongForLevel);
    }

    /** Below the usual most, only a level asks for more than a disk has. */
    private Optional<Rejection> wrongForLevel() {
        return DiskCategories.comesIn(category(), performanceLevel(), systemSize())
                ? Optional.empty()
                : reject(INVALID_SYSTEM_DISK_SIZE_LESS_THAN_MIN_SIZE);
    }

    Optional<Rejection> wrongDataDisk(AccountView view, ChargeType chargeType) {
        if (!DiskCategories.canBeMade(category())) return reject(INVALID_DATA_DISK_CATEGORY_VALUE_NOT_SUPPORTED);
        var snapshot = snapshot(view).map(SnapshotOf::snapshot);
        if (snapshotId().isPresent() && snapshot.isEmpty()) return reject(INVALID_DATA_DISK_SNAPSHOT_ID_NOT_FOUND);
        if (snapshot.isPresent() && snapshot.get().sourceDiskType() != DiskType.DATA) {
            return reject(INVALID_SNAPSHOT_ID_NOT_DATA_DISK_SNAPSHOT);
        }
        if (snapshot.isPresent() && !snapshot.get().isAccomplished()) return reject(INVALID_SNAPSHOT_ID_NOT_READY);
        var size = dataSize(snapshot);
        if (size.isEmpty() || !DiskCategories.comesIn(category(), performanceLevel(), size.get())) {
            return reject(INVALID_DATA_DISK_SIZE_VALUE_NOT_SUPPORTED);
        }
        if (size.get() < snapshot.map(Snapshot::sourceSizeGiB).orElse(0)) return reject(INVALID_DISK_SIZE_TOO_SMALL);
        if (string("Device").isPresent() && device().isEmpty()) return reject(INVALID_DATA_DEVICE_MALFORMED);
        // A disk of a subscription cannot be moved, so it cannot stay behind either.
        if (chargeType == ChargeType.PRE_PAID && !deleteWithInstance()) return reject(DELETE_WITH_INSTANCE_CONFLICT);
        return wrongInEveryCase(size.get());
    }

    private Optional<Integer> dataSize(Optional<Snapshot> snapshot) {
        return askedSize().or(() -> snapshot.map(Snapshot::sourceSizeGiB));
    }

    private Optional<Rejection> wrongInEveryCase(int sizeGiB) {
        if (!instance.type().map(kind -> kind.takes(category())).orElse(true)) {
            return reject(INVALID_DISK_CATEGORY_NOT_SUPPORTED);
        }
        if (!performanceLevel().isEmpty() && !DiskCategories.isPerformanceLevel(performanceLevel())) {
            return Optional.of(Rejection.of(INVALID_PARAMETER, prefix + "PerformanceLevel"));
        }
        if (!string("DiskName").map(Names::isName).orElse(true)) return reject(INVALID_DISK_NAME_MALFORMED);
        if (!string("Description").map(Names::isDescription).orElse(true)) {
            return reject(INVALID_DISK_DESCRIPTION_MALFORMED);
        }
        if (string("KMSKeyId").isPresent() && !isEncrypted()) return reject(INVALID_PARAMETER_ENCRYPTED_ILLEGAL);
        return more().wrongForCategory().or(() -> more().wrongForSize(sizeGiB));
    }

    private MorePerformance more() {
        return MorePerformance.of(arguments(), prefix, category());
    }

    private boolean isEncrypted() {
        return arguments().isTrue(prefix + "Encrypted");
    }

    private boolean deleteWithInstance() {
        return arguments().bool(prefix + "DeleteWithInstance").orElse(true);
    }

    /** @param snapshots those that disks are made from, this one's among them */
    Slot.Plan plan(InstanceSpec owner, List<Snapshot> snapshots, Conditions conditions) {
        var snapshot = snapshotId()
                .flatMap(id -> snapshots.stream()
                        .filter(taken -> taken.id().equals(id))
                        .findFirst());
        boolean system = type == DiskType.SYSTEM;
        var spec = new DiskSpec(
                        owner.account(),
                        owner.regionId(),
                        owner.zoneId(),
                        type,
                        category(),
                        system ? systemSize() : dataSize(snapshot).orElseThrow(),
                        string("DiskName").orElse(""),
                        string("Description").orElse(""),
                        owner.chargeType(),
                        !system && owner.chargeType() == ChargeType.POST_PAID,
                        conditions.deleteAutoSnapshot())
                .withPerformanceLevel(performanceLevel())
                .withProvisionedIops(more().provisionedIops())
                .withBurstingEnabled(more().bursts())
                .withEncrypted(
                        isEncrypted() || snapshot.map(Snapshot::encrypted).orElse(false))
                .withKmsKeyId(string("KMSKeyId")
                        .or(() -> snapshot.map(Snapshot::kmsKeyId))
                        .orElse(""))
                .withSourceSnapshotId(snapshot.map(taken -> taken.id().value()).orElse(""))
                .withImageId(system ? owner.imageId() : "")
                .withResourceGroupId(owner.resourceGroupId())
                .withTags(owner.tags());
        return new Slot.Plan(spec, system || deleteWithInstance());
    }

    private static Optional<Rejection> reject(ErrorCode code) {
        return Optional.of(Rejection.of(code));
    }
}
