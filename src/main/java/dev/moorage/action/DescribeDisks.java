package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INVALID_CATEGORY_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_CHARGE_TYPE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_IDS_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_DISK_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_LOCK_REASON_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_DISK_IDS;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_MULTI_ATTACH;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_MULTI_ATTACH_AND_ENABLE_SHARED_NOT_MATCH;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_STATUS_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_ZONE_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.LockReason;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Lists disks. Filters narrow one another; an id that matches nothing is no error. */
record DescribeDisks(Arguments arguments) implements Query {
    private static final int MAX_IDS = 100;
    private static final int MAX_RESULTS = 500;
    private static final String ALL = "all";

    private static final Set<String> CAN_BE_ALL = Set.of("Status", "DiskType", "Category", "DiskChargeType");
    private static final String SHARED_OF_OLD = "LegacyShared";
    private static final Set<String> MULTI_ATTACH = Set.of("Enabled", "Disabled", SHARED_OF_OLD);

    /** What each plain filter is compared with, in any case of letters. What disks do not have here is empty. */
    private static final Map<String, Function<Disk, String>> FILTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("ZoneId", disk -> disk.spec().zoneId()),
            Map.entry("DiskType", disk -> disk.spec().type().wire()),
            Map.entry("Category", disk -> disk.spec().category()),
            Map.entry("Status", disk -> disk.status().wire()),
            Map.entry("DiskChargeType", disk -> disk.spec().chargeType().wire()),
            Map.entry("Portable", disk -> String.valueOf(disk.spec().portable())),
            Map.entry("DeleteWithInstance", disk -> String.valueOf(disk.deleteWithInstance())),
            Map.entry("DeleteAutoSnapshot", disk -> String.valueOf(disk.spec().deleteAutoSnapshot())),
            Map.entry("EnableAutoSnapshot", disk -> String.valueOf(disk.spec().enableAutoSnapshot())),
            Map.entry("EnableAutomatedSnapshotPolicy", disk -> "false"),
            Map.entry("EnableShared", disk -> "false"),
            Map.entry("Encrypted", disk -> String.valueOf(disk.spec().encrypted())),
            Map.entry("KMSKeyId", disk -> disk.spec().kmsKeyId()),
            Map.entry("MultiAttach", DiskAnswer::multiAttach),
            Map.entry("SnapshotId", disk -> disk.spec().sourceSnapshotId()),
            Map.entry("AutoSnapshotPolicyId", disk -> ""),
            Map.entry("ResourceGroupId", disk -> disk.spec().resourceGroupId())));

    private static final DiskStatus[] SHOWN = Arrays.stream(DiskStatus.values())
            .filter(status -> status != DiskStatus.RELEASED)
            .toArray(DiskStatus[]::new);

    static DescribeDisks of(Call call) {
        return new DescribeDisks(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        boolean withPlacement = additional().contains("Placement");
        var page = paging().of(place -> candidatesAfter(place, view), filter(view));
        var body = JsonNodeFactory.instance.objectNode();
        page.describe(body);
        var disks = body.putObject("Disks").putArray("Disk");
        page.items().forEach(disk -> disks.add(DiskAnswer.of(disk, view, withPlacement)));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_RESULTS);
    }

    private Optional<Rejection> wrong() {
        String region = arguments.required("RegionId");
        if (!Regions.isRegion(region)) return Optional.of(Rejection.of(INVALID_REGION_NOT_FOUND));
        if (arguments.has("DiskIds")) {
            var ids = arguments.jsonArray("DiskIds");
            if (ids.isEmpty()) return Optional.of(Rejection.of(INVALID_PARAMETER_DISK_IDS));
            if (ids.get().size() > MAX_IDS) return Optional.of(Rejection.of(INVALID_DISK_IDS_MALFORMED));
        }
        if (!isUnsetOr("ZoneId", zone -> Regions.isZone(region, zone))) {
            return Optional.of(Rejection.of(INVALID_ZONE_ID_NOT_FOUND));
        }
        if (!isUnsetOr("Status", status -> isOneOf(underscored(status), SHOWN, DiskStatus::wire))) {
            return Optional.of(Rejection.of(INVALID_STATUS_VALUE_NOT_SUPPORTED));
        }
        if (!isUnsetOr("DiskType", type -> isOneOf(type, DiskType.values(), DiskType::wire))) {
            return Optional.of(Rejection.of(INVALID_DISK_TYPE_VALUE_NOT_SUPPORTED));
        }
        if (!isUnsetOr("Category", category -> DiskCategories.isKnown(category) || category.equalsIgnoreCase(ALL))) {
            return Optional.of(Rejection.of(INVALID_CATEGORY_VALUE_NOT_SUPPORTED));
        }
        if (!isUnsetOr("DiskChargeType", type -> isOneOf(type, ChargeType.values(), ChargeType::wire))) {
            return Optional.of(Rejection.of(INVALID_DISK_CHARGE_TYPE_NOT_FOUND));
        }
        if (!isUnsetOr("LockReason", reason -> isOneOf(reason, LockReason.values(), LockReason::wire))) {
            return Optional.of(Rejection.of(INVALID_LOCK_REASON_NOT_FOUND));
        }
        if (!isUnsetOr("MultiAttach", MULTI_ATTACH::contains)) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_MULTI_ATTACH));
        }
        if (arguments.has("MultiAttach")
                && arguments
                        .bool("EnableShared")
                        .map(shared ->
                                shared != arguments.required("MultiAttach").equals(SHARED_OF_OLD))
                        .orElse(false)) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_MULTI_ATTACH_AND_ENABLE_SHARED_NOT_MATCH));
        }
        return new CreationPeriod(arguments)
                .wrong()
                .or(() -> TagRules.wrongFilter(arguments, "Tag"))
                .or(paging()::wrong)
                .or(() -> arguments.isTrue("DryRun") ? Optional.of(Rejection.of(DRY_RUN_OPERATION)) : Optional.empty());
    }

    /** Single ones, or all in one as a JSON array. */
    private List<String> additional() {
        var all = new ArrayList<String>();
        if (arguments.has("AdditionalAttributes")) {
            all.addAll(arguments.jsonArray("AdditionalAttributes").orElse(List.of()));
        }
        for (int n : arguments.indexes("AdditionalAttributes")) {
            arguments.string("AdditionalAttributes." + n).ifPresent(all::add);
        }
        return all;
    }

    private boolean isUnsetOr(String parameter, Function<String, Boolean> test) {
        return arguments.string(parameter).map(test).orElse(true);
    }

    private static <T> boolean isOneOf(String value, T[] all, Function<T, String> wire) {
        return value.equalsIgnoreCase(ALL)
                || Arrays.stream(all).map(wire).anyMatch(known -> known.equalsIgnoreCase(value));
    }

    /** The narrowest list that holds all that can match, in the order of every list. */
    private Stream<Listed<Disk>> candidatesAfter(long place, AccountView view) {
        if (arguments.has("DiskIds")) {
            var ids = arguments.jsonArray("DiskIds").orElseThrow();
            return Listed.inOrder(view.disks(ids.stream().map(DiskId::new).toList()), place);
        }
        var instance = arguments.string("InstanceId").map(InstanceId::new);
        return instance.isPresent() ? Listed.inOrder(view.disksOn(instance.get()), place) : view.disksAfter(place);
    }

    /** What was asked, as one question: it is put to every disk of the account. */
    private Predicate<Disk> filter(AccountView view) {
        String region = arguments.required("RegionId");
        Predicate<Disk> filter = disk -> disk.spec().regionId().equals(region);
        var instance = arguments.string("InstanceId").map(InstanceId::new);
        if (instance.isPresent()) {
            filter = filter.and(
                    disk -> disk.isAttachedTo(instance.get()) && disk.status().isAttached());
        }
        var name = arguments.string("DiskName");
        if (name.isPresent()) filter = filter.and(disk -> disk.spec().name().equals(name.get()));
        for (var field : FILTERS.entrySet()) {
            var value = arguments
                    .string(field.getKey())
                    .map(asked -> field.getKey().equals("Status") ? underscored(asked) : asked);
            if (value.isEmpty() || (canBeAll(field.getKey()) && value.get().equalsIgnoreCase(ALL))) continue;
            filter = filter.and(
                    disk -> value.get().equalsIgnoreCase(field.getValue().apply(disk)));
        }
        if (!arguments.indexes("Tag").isEmpty()) {
            var tags = TagRules.matching(arguments, "Tag");
            filter = filter.and(disk -> tags.test(disk.spec().tags()));
        }
        var period = new CreationPeriod(arguments).contains();
        filter = filter.and(disk -> period.test(disk.createdAt()));
        var lock = arguments.string("LockReason");
        if (lock.isPresent() && !lock.get().equalsIgnoreCase(ALL)) {
            filter = filter.and(disk -> DiskAnswer.locks(disk, view)
                    .anyMatch(reason -> reason.wire().equalsIgnoreCase(lock.get())));
        }
        return filter;
    }

    /** The vendor's texts have In Use where its answers have In_use. */
    private static String underscored(String status) {
        return status.replace(' ', '_');
    }

    private static boolean canBeAll(String filter) {
        return CAN_BE_ALL.contains(filter);
    }
}
