package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_LENGTH_EXCEEDED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_TIME_END_BEFORE_START;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_TOO_MANY_DISK_ID;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.view.AccountView;
import java.time.Instant;
import dev.moorage.view.Listed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Tells how disks are. They are as healthy as can be: nothing ever happens to them that would be a system event. */
record DescribeDisksFullStatus(Arguments arguments) implements Query {
    private static final int MAX_IDS = 100;
    private static final String HEALTHY = "Ok";
    private static final int CODE_OF_HEALTHY = 0;

    /** The documents tell the number of {@code Available} only; the others are chosen to be different. */
    private static final Map<DiskStatus, Integer> CODES = Map.of(
            DiskStatus.IN_USE, 128,
            DiskStatus.AVAILABLE, 129,
            DiskStatus.ATTACHING, 130,
            DiskStatus.DETACHING, 131,
            DiskStatus.CREATING, 132,
            DiskStatus.RE_INITING, 133);

    private static final Set<String> HEALTHS =
            Set.of(HEALTHY, "Impaired", "Warning", "Initializing", "InsufficientData", "NotApplicable");
    private static final Set<String> EVENT_TYPES = Set.of("Degraded", "SeverelyDegraded", "Stalled", "ErrorDetected");

    private static final Map<String, DiskStatus> STATUSES = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

    static {
        CODES.keySet().forEach(status -> STATUSES.put(status.wire(), status));
    }

    static DescribeDisksFullStatus of(Call call) {
        return new DescribeDisksFullStatus(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var page = new Paging(arguments, MAX_IDS).byNumber(place -> candidatesAfter(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        body.put("PageNumber", page.number());
        body.put("PageSize", page.size());
        body.put("TotalCount", page.total());
        var disks = body.putObject("DiskFullStatusSet").putArray("DiskFullStatusType");
        page.items().forEach(disk -> disks.add(describe(disk)));
        return Outcome.success(body);
    }

    private Optional<Rejection> wrong() {
        if (!Regions.isRegion(arguments.required("RegionId"))) return invalid("RegionId");
        if (arguments.strings("DiskId").size() > MAX_IDS) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_TOO_MANY_DISK_ID));
        }
        if (arguments.strings("EventId").size() > MAX_IDS) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_LENGTH_EXCEEDED));
        }
        if (isOtherThan("Status", STATUSES.keySet())) return invalid("Status");
        if (isOtherThan("HealthStatus", HEALTHS)) return invalid("HealthStatus");
        if (isOtherThan("EventType", EVENT_TYPES)) return invalid("EventType");
        for (var bound : List.of("EventTime.Start", "EventTime.End")) {
            if (arguments.has(bound)
                    && Timestamps.parse(arguments.required(bound)).isEmpty()) return invalid(bound);
        }
        var start = arguments.string("EventTime.Start").flatMap(Timestamps::parse);
        var end = arguments.string("EventTime.End").flatMap(Timestamps::parse);
        if (start.isPresent() && end.isPresent() && end.get().isBefore(start.get())) {
            return Optional.of(Rejection.of(INVALID_PARAMETER_TIME_END_BEFORE_START));
        }
        return TagRules.wrongFilter(arguments, "Tag").or(() -> new Paging(arguments, MAX_IDS).wrongNumber());
    }

    private boolean isOtherThan(String parameter, Set<String> values) {
        return arguments.has(parameter) && !values.contains(arguments.required(parameter));
    }

    private static Optional<Rejection> invalid(String parameter) {
        return Optional.of(Rejection.of(INVALID_PARAMETER, parameter));
    }

    private Stream<Listed<Disk>> candidatesAfter(long place, AccountView view) {
        var ids = arguments.strings("DiskId").stream().map(DiskId::new).toList();
        return ids.isEmpty() ? view.disksAfter(place) : Listed.inOrder(view.disks(ids), place);
    }

    private Predicate<Disk> filter() {
        boolean asksForTrouble = arguments.has("EventType")
                || !arguments.strings("EventId").isEmpty()
                || !arguments.string("HealthStatus").orElse(HEALTHY).equals(HEALTHY);
        if (asksForTrouble) return disk -> false;
        String region = arguments.required("RegionId");
        Predicate<Disk> filter = disk -> disk.spec().regionId().equals(region);
        var status = arguments.string("Status").map(STATUSES::get);
        if (status.isPresent()) filter = filter.and(disk -> disk.status() == status.get());
        var group = arguments.string("ResourceGroupId");
        if (group.isPresent()) {
            filter = filter.and(disk -> disk.spec().resourceGroupId().equals(group.get()));
        }
        var tags = TagRules.matching(arguments, "Tag");
        return filter.and(disk -> tags.test(disk.spec().tags()));
    }

    private static ObjectNode describe(Disk disk) {
        var attachment = disk.status().isAttached() ? disk.attachment() : null;
        boolean isInUse = disk.status() == DiskStatus.IN_USE;
        var node = JsonNodeFactory.instance.objectNode();
        node.put("DiskId", disk.id().value());
        node.put("InstanceId", attachment == null ? "" : attachment.instanceId().value());
        node.put("Device", attachment == null || !isInUse ? "" : attachment.device());
        node.putObject("Status")
                .put("Code", CODES.get(disk.status()))
                .put("Name", disk.status().wire());
        node.putObject("HealthStatus").put("Code", CODE_OF_HEALTHY).put("Name", HEALTHY);
        node.putObject("DiskEventSet").putArray("DiskEventType");
        return node;
    }
}
