package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.EVENT_ID_LIMIT_EXCEEDED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_TIME_END_BEFORE_START;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import dev.moorage.view.SystemEvent;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Lists what the cloud has done to instances of itself, by maintenance or failure: nothing, unless a rule says so. */
record DescribeInstanceHistoryEvents(Arguments arguments) implements Query {
    private static final int MAX_EVENTS = 100;
    private static final int MAX_RESULTS = 100;
    private static final Set<String> STATUSES =
            Set.of("Scheduled", "Avoided", "Executing", "Executed", "Canceled", "Failed", "Inquiring");
    private static final Set<String> RESOURCE_TYPES = Set.of("instance", "ddh", "managehost");
    /** What dies inside an instance is a failure of the instance, and over when it is told. */
    private static final String TYPE = "InstanceFailure.Reboot";

    private static final String STATUS = "Executed";
    private static final List<String> TIMES = List.of("NotBefore", "EventPublishTime");

    static DescribeInstanceHistoryEvents of(Call call) {
        return new DescribeInstanceHistoryEvents(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var page = paging().of(view::systemEventsAfter, event -> isHere(event, view) && isAskedFor(event));
        var body = JsonNodeFactory.instance.objectNode();
        page.describe(body);
        var list = body.putObject("InstanceSystemEventSet").putArray("InstanceSystemEventType");
        page.items().forEach(event -> describe(list.addObject(), event));
        return Outcome.success(body);
    }

    private boolean isHere(SystemEvent event, AccountView view) {
        var instance = view.instance(event.instanceId());
        return instance != null && instance.spec().regionId().equals(arguments.required("RegionId"));
    }

    private boolean isAskedFor(SystemEvent event) {
        String instance = event.instanceId().value();
        return arguments.string("InstanceId").map(instance::equals).orElse(true)
                && isOneOf("ResourceId", instance)
                && isOneOf("EventId", event.id())
                && arguments.string("ResourceType").map("instance"::equals).orElse(true)
                && hasItsStatus()
                && hasItsType()
                && TIMES.stream().allMatch(time -> isWithin(time, event.publishedAt()));
    }

    private boolean isOneOf(String name, String value) {
        var wanted = arguments.strings(name);
        return wanted.isEmpty() || wanted.contains(value);
    }

    /** The one for several goes before the one for one. */
    private boolean hasItsStatus() {
        var several = arguments.strings("InstanceEventCycleStatus");
        return several.isEmpty()
                ? arguments.string("EventCycleStatus").map(STATUS::equals).orElse(true)
                : several.contains(STATUS);
    }

    private boolean hasItsType() {
        var several = arguments.strings("InstanceEventType");
        return several.isEmpty()
                ? arguments.string("EventType").map(TYPE::equals).orElse(true)
                : several.contains(TYPE);
    }

    private boolean isWithin(String time, Instant at) {
        var start = arguments.string(time + ".Start").flatMap(Timestamps::parse);
        var end = arguments.string(time + ".End").flatMap(Timestamps::parse);
        return start.map(from -> !at.isBefore(from)).orElse(true)
                && end.map(to -> !at.isAfter(to)).orElse(true);
    }

    private static void describe(ObjectNode node, SystemEvent event) {
        String at = Timestamps.seconds(event.publishedAt());
        node.put("EventId", event.id())
                .put("InstanceId", event.instanceId().value())
                .put("ResourceType", "instance")
                .put("Reason", event.reason())
                .put("EventPublishTime", at)
                .put("NotBefore", at)
                .put("EventFinishTime", at);
        node.putObject("EventType").put("Name", TYPE);
        node.putObject("EventCycleStatus").put("Name", STATUS);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_RESULTS);
    }

    private Optional<Rejection> wrong() {
        if (!Regions.isRegion(arguments.required("RegionId"))) return wrong("RegionId");
        if (arguments.strings("EventId").size() > MAX_EVENTS) return Optional.of(Rejection.of(EVENT_ID_LIMIT_EXCEEDED));
        if (!arguments.string("EventCycleStatus").map(STATUSES::contains).orElse(true))
            return wrong("EventCycleStatus");
        if (!STATUSES.containsAll(arguments.strings("InstanceEventCycleStatus"))) {
            return wrong("InstanceEventCycleStatus");
        }
        if (!arguments.string("ResourceType").map(RESOURCE_TYPES::contains).orElse(true)) return wrong("ResourceType");
        for (var time : TIMES) {
            var wrongTime = wrongTime(time);
            if (wrongTime.isPresent()) return wrongTime;
        }
        return paging().wrong();
    }

    private Optional<Rejection> wrongTime(String name) {
        for (var end : List.of(name + ".Start", name + ".End")) {
            if (arguments.has(end)
                    && arguments.string(end).flatMap(Timestamps::parse).isEmpty()) return wrong(end);
        }
        var start = arguments.string(name + ".Start").flatMap(Timestamps::parse);
        var end = arguments.string(name + ".End").flatMap(Timestamps::parse);
        return start.isPresent() && end.isPresent() && end.get().isBefore(start.get())
                ? Optional.of(Rejection.of(INVALID_PARAMETER_TIME_END_BEFORE_START, name))
                : Optional.empty();
    }

    private static Optional<Rejection> wrong(String parameter) {
        return Optional.of(Rejection.of(INVALID_PARAMETER, parameter));
    }
}
