package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INVALID_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_SIZE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.MISSING_PARAMETER;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskType;
import dev.moorage.view.AccountView;
import java.util.Optional;

/** Makes a pay-as-you-go data disk in a zone. */
record CreateDisk(DiskId diskId, String account, Arguments arguments, Idempotence idempotence) implements DiskCreation {
    private static final String DEFAULT_CATEGORY = "cloud";

    static CreateDisk of(Call call, Ids ids) {
        return new CreateDisk(
                ids.newDisk(call.arguments().required("RegionId")),
                call.caller().account(),
                call.arguments(),
                Idempotence.of(call));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrong = idempotence.wrong();
        if (wrong.isPresent()) return Optional.of(wrong.get());
        var made = view.disk(diskId);
        if (made != null) return Optional.of(repeated(made));
        String region = arguments.required("RegionId");
        if (!Regions.isRegion(region)) return Change.reject(INVALID_REGION_ID_NOT_FOUND);
        if (!arguments.has("ZoneId")) return Change.reject(MISSING_PARAMETER, "ZoneId");
        if (!Regions.isZone(region, arguments.required("ZoneId"))) return Change.reject(INVALID_ZONE_ID_NOT_FOUND);
        if (!arguments.string("DiskName").map(Names::isName).orElse(true)) {
            return Change.reject(INVALID_DISK_NAME_MALFORMED);
        }
        if (!arguments.string("Description").map(Names::isDescription).orElse(true)) {
            return Change.reject(INVALID_DESCRIPTION_MALFORMED);
        }
        if (!DiskCategories.canBeMade(category())) return Change.reject(INVALID_DISK_CATEGORY_VALUE_NOT_SUPPORTED);
        if (arguments.has("SnapshotId")) return Change.reject(INVALID_SNAPSHOT_ID_NOT_FOUND);
        if (!arguments.has("Size")) return Change.reject(MISSING_PARAMETER, "Size");
        if (!DiskCategories.comesIn(category(), size())) return Change.reject(INVALID_DISK_SIZE_NOT_SUPPORTED);
        return Optional.empty();
    }

    private String category() {
        return arguments.string("DiskCategory").orElse(DEFAULT_CATEGORY);
    }

    private int size() {
        return arguments.integer("Size").orElseThrow();
    }

    @Override
    public Outcome.Success success() {
        return Outcome.success(JsonNodeFactory.instance.objectNode().put("DiskId", diskId.value()));
    }

    @Override
    public Outcome repeated(Disk disk) {
        return idempotence.again(disk.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH);
    }

    @Override
    public DiskEvent create(Conditions conditions) {
        var spec = new DiskSpec(
                account,
                arguments.required("RegionId"),
                arguments.required("ZoneId"),
                DiskType.DATA,
                category(),
                size(),
                arguments.string("DiskName").orElse(""),
                arguments.string("Description").orElse(""),
                ChargeType.POST_PAID,
                true,
                true);
        return new DiskEvent.Creating(
                conditions.story(),
                diskId,
                spec,
                false,
                null,
                conditions.due("CreateDisk"),
                idempotence.used(conditions.now()));
    }
}
