package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS_CREATING_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.INCORRECT_DISK_STATUS_NEVER_ATTACHED;
import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.QUOTA_EXCEED_SNAPSHOT;
import static dev.moorage.contract.ErrorCode.QUOTA_EXCEED_TAGS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Begins to take a snapshot of a disk, which takes its time while the disk goes on working. */
record CreateSnapshot(DiskId diskId, SnapshotId snapshotId, Arguments arguments, Idempotence idempotence)
        implements GatedDiskChange {
    static final int MAX_SNAPSHOTS = 256;
    static final List<String> CATEGORIES = List.of("standard", "flash");

    private static final int MAX_RETENTION_DAYS = 65_536;
    private static final String STANDARD = "standard";
    /** The vendor keeps names that begin so for snapshots that are taken by a policy. */
    private static final String RESERVED = "auto";

    static CreateSnapshot of(Call call, Ids ids) {
        var diskId = new DiskId(call.arguments().required("DiskId"));
        return new CreateSnapshot(diskId, ids.newSnapshotOf(diskId), call.arguments(), Idempotence.of(call));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        // With a client token the id is known beforehand: who has taken it was asked the same before.
        var taken = Optional.ofNullable(view.everSnapshot(snapshotId)).map(made -> view.disk(made.diskId()));
        if (taken.isPresent()) {
            return Optional.of(idempotence.again(taken.get().tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH));
        }
        var disk = view.disk(diskId);
        if (disk == null || disk.isReleased()) return Change.reject(INVALID_DISK_ID_NOT_FOUND);
        return Optional.empty();
    }

    private Optional<Rejection> wrong() {
        var token = idempotence.wrong();
        if (token.isPresent()) return token;
        if (!arguments.string("SnapshotName").map(CreateSnapshot::isName).orElse(true)) {
            return Optional.of(Rejection.of(INVALID_SNAPSHOT_NAME_MALFORMED));
        }
        if (!arguments.string("Description").map(Names::isDescription).orElse(true)) {
            return Optional.of(Rejection.of(INVALID_DESCRIPTION_MALFORMED));
        }
        int days = arguments.integer("RetentionDays").orElse(1);
        if (days < 1 || days > MAX_RETENTION_DAYS) return Optional.of(Rejection.of(INVALID_PARAMETER, "RetentionDays"));
        if (!CATEGORIES.contains(category())) return Optional.of(Rejection.of(INVALID_PARAMETER, "Category"));
        return TagRules.wrong(arguments, "Tag", QUOTA_EXCEED_TAGS);
    }

    private static boolean isName(String name) {
        return Names.isName(name) && !name.startsWith(RESERVED);
    }

    private String category() {
        return arguments.string("Category").orElse(STANDARD).toLowerCase(Locale.ROOT);
    }

    @Override
    public Optional<ErrorCode> objection(Instance instance, Conditions conditions) {
        if (instance.isLockedForSecurity()) return Optional.of(INSTANCE_LOCKED_FOR_SECURITY);
        return instance.isRunningOrStopped() ? Optional.empty() : Optional.of(INCORRECT_INSTANCE_STATUS);
    }

    @Override
    public Decision decideAdmitted(Disk disk, Conditions conditions) {
        var repeated = idempotence.repeated(disk, conditions, IDEMPOTENT_PARAMETER_MISMATCH);
        if (repeated.isPresent()) return repeated.get();
        if (!DiskCategories.canBeMade(disk.spec().category()))
            return Decision.reject(DISK_CATEGORY_OPERATION_NOT_SUPPORTED);
        boolean available = disk.status() == DiskStatus.AVAILABLE;
        if (!available && disk.status() != DiskStatus.IN_USE) return Decision.reject(INCORRECT_DISK_STATUS);
        boolean everAttached = disk.attachedAt() != null || disk.detachedAt() != null;
        if (available && !everAttached) return Decision.reject(INCORRECT_DISK_STATUS_NEVER_ATTACHED);
        if (disk.snapshotInProgress().isPresent()) return Decision.reject(INCORRECT_DISK_STATUS_CREATING_SNAPSHOT);
        if (disk.snapshots().size() >= MAX_SNAPSHOTS) return Decision.reject(QUOTA_EXCEED_SNAPSHOT);

        return Decision.accept(new DiskEvent.SnapshotCreating(
                conditions.story(),
                snapshotId,
                arguments.string("SnapshotName").orElse(""),
                arguments.string("Description").orElse(""),
                arguments.integer("RetentionDays").orElse(null),
                category(),
                arguments.isTrue("InstantAccess"),
                arguments.string("ResourceGroupId").orElse(""),
                TagRules.read(arguments, "Tag"),
                conditions.due("CreateSnapshot"),
                idempotence.used(conditions.now())));
    }

    @Override
    public Outcome.Success success() {
        return Outcome.success(JsonNodeFactory.instance.objectNode().put("SnapshotId", snapshotId.value()));
    }
}
