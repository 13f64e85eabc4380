package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.BURSTING_ENABLED_FOR_MODIFYING_DISK_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.BURSTING_ENABLED_FOR_MULTI_ATTACH_DISK_UNSUPPORTED;
import static dev.moorage.contract.ErrorCode.DELETE_WITH_INSTANCE_CONFLICT;
import static dev.moorage.contract.ErrorCode.DISK_NOT_PORTABLE;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INVALID_BURSTING_ENABLED_DISK_SIZE_TOO_SMALL;
import static dev.moorage.contract.ErrorCode.INVALID_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER_DISK_ID_OR_DISK_IDS;
import static dev.moorage.contract.ErrorCode.NO_ATTRIBUTE_TO_MODIFY;
import static dev.moorage.contract.ErrorCode.PARAMETER_CONFLICT_DISK_ID_AND_DISK_IDS;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Changes the words and the flags of one disk or of several. No instance has a say in it. Of several disks none is
 * changed if, as far as can be seen, one cannot be.
 */
record ModifyDiskAttribute(Optional<DiskId> single, List<DiskId> several, Wanted wanted) implements Batch {
    private static final int MAX_DISKS = 100;
    private static final String BASIC = "cloud";

    /** What the caller asks for; empty for what stays as it is. */
    private record Wanted(
            Optional<String> name,
            Optional<String> description,
            Optional<Boolean> deleteWithInstance,
            Optional<Boolean> deleteAutoSnapshot,
            Optional<Boolean> enableAutoSnapshot,
            Optional<Boolean> burstingEnabled) {
        static Wanted of(Arguments arguments) {
            return new Wanted(
                    arguments.string("DiskName"),
                    arguments.string("Description"),
                    arguments.bool("DeleteWithInstance"),
                    arguments.bool("DeleteAutoSnapshot"),
                    arguments.bool("EnableAutoSnapshot"),
                    arguments.bool("BurstingEnabled"));
        }

        boolean isNothing() {
            return Stream.of(
                            name,
                            description,
                            deleteWithInstance,
                            deleteAutoSnapshot,
                            enableAutoSnapshot,
                            burstingEnabled)
                    .allMatch(Optional::isEmpty);
        }

        Optional<ErrorCode> objection(Disk disk) {
            if (disk.status() == DiskStatus.CREATING) return Optional.of(INCORRECT_DISK_STATUS);
            if (keepsDisk() && isBoundToItsInstance(disk.spec())) return Optional.of(DISK_NOT_PORTABLE);
            if (deleteWithInstance.orElse(false) && disk.spec().multiAttach()) {
                return Optional.of(DELETE_WITH_INSTANCE_CONFLICT);
            }
            return burstingEnabled.flatMap(enabled -> objectionToBursts(disk, enabled));
        }

        private boolean keepsDisk() {
            return deleteWithInstance.isPresent() && !deleteWithInstance.get();
        }

        private static boolean isBoundToItsInstance(DiskSpec spec) {
            return spec.isLocal() || (spec.category().equals(BASIC) && !spec.portable());
        }

        private static Optional<ErrorCode> objectionToBursts(Disk disk, boolean enabled) {
            if (disk.taskUnderWay().isPresent()) return Optional.of(BURSTING_ENABLED_FOR_MODIFYING_DISK_UNSUPPORTED);
            if (!disk.spec().category().equals(DiskCategories.AUTO)) {
                return Optional.of(BURSTING_ENABLED_FOR_DISK_CATEGORY_UNSUPPORTED);
            }
            if (disk.spec().multiAttach()) return Optional.of(BURSTING_ENABLED_FOR_MULTI_ATTACH_DISK_UNSUPPORTED);
            if (enabled && !DiskPerformance.takesMore(disk.spec().sizeGiB())) {
                return Optional.of(INVALID_BURSTING_ENABLED_DISK_SIZE_TOO_SMALL);
            }
            return Optional.empty();
        }

        /** Only what is other than it was; nothing if all is as it was. */
        Optional<DiskEvent> news(Disk disk, Conditions conditions) {
            var spec = disk.spec();
            var event = new DiskEvent.AttributesModified(
                    conditions.story(),
                    other(name, spec.name()),
                    other(description, spec.description()),
                    other(deleteWithInstance, disk.deleteWithInstance()),
                    other(deleteAutoSnapshot, spec.deleteAutoSnapshot()),
                    other(enableAutoSnapshot, spec.enableAutoSnapshot()),
                    other(burstingEnabled, spec.burstingEnabled()));
            return event.applyTo(disk).equals(disk) ? Optional.empty() : Optional.of(event);
        }

        private static <T> @Nullable T other(Optional<T> wanted, T now) {
            return wanted.filter(value -> !Objects.equals(value, now)).orElse(null);
        }
    }

    static ModifyDiskAttribute of(Call call) {
        return new ModifyDiskAttribute(
                call.arguments().string("DiskId").map(DiskId::new),
                call.arguments().strings("DiskIds").stream()
                        .map(DiskId::new)
                        .distinct()
                        .toList(),
                Wanted.of(call.arguments()));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (single.isEmpty() && several.isEmpty()) return Change.reject(MISSING_PARAMETER_DISK_ID_OR_DISK_IDS);
        if (single.isPresent() && !several.isEmpty()) return Change.reject(PARAMETER_CONFLICT_DISK_ID_AND_DISK_IDS);
        if (several.size() > MAX_DISKS) return Change.reject(INVALID_PARAMETER, "DiskIds.N");
        if (wanted.isNothing()) return Change.reject(NO_ATTRIBUTE_TO_MODIFY);
        if (!wanted.name().map(Names::isName).orElse(true)) return Change.reject(INVALID_DISK_NAME_MALFORMED);
        if (!wanted.description().map(Names::isDescription).orElse(true)) {
            return Change.reject(INVALID_DESCRIPTION_MALFORMED);
        }
        for (var part : parts()) {
            var unknown = part.check(view);
            if (unknown.isPresent()) return unknown;
        }
        for (var part : parts()) {
            var objection = Optional.ofNullable(view.disk(part.diskId())).flatMap(wanted::objection);
            if (objection.isPresent()) return Change.reject(objection.get());
        }
        return Optional.empty();
    }

    @Override
    public List<OfDisk> parts() {
        return Stream.concat(single.stream(), several.stream())
                .map(id -> new OfDisk(id, wanted))
                .toList();
    }

    /** The part of one disk. */
    private record OfDisk(DiskId diskId, Wanted wanted) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            var disk = view.disk(diskId);
            return disk == null || disk.isReleased() ? Change.reject(INVALID_DISK_ID_NOT_FOUND) : Optional.empty();
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            return wanted.objection(disk)
                    .map(Decision::reject)
                    .orElseGet(() ->
                            wanted.news(disk, conditions).map(Decision::accept).orElseGet(Decision::accept));
        }
    }
}
