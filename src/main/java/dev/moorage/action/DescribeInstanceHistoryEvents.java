package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.EVENT_ID_LIMIT_EXCEEDED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_TIME_END_BEFORE_START;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Lists what the cloud has done to instances of itself, by maintenance or failure: nothing, ever. */
record DescribeInstanceHistoryEvents(Arguments arguments) implements Query {
    private static final int MAX_EVENTS = 100;
    private static final int MAX_RESULTS = 100;
    private static final Set<String> STATUSES =
            Set.of("Scheduled", "Avoided", "Executing", "Executed", "Canceled", "Failed", "Inquiring");
    private static final Set<String> RESOURCE_TYPES = Set.of("instance", "ddh", "managehost");
    private static final List<String> TIMES = List.of("NotBefore", "EventPublishTime");

    static DescribeInstanceHistoryEvents of(Call call) {
        return new DescribeInstanceHistoryEvents(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var body = JsonNodeFactory.instance.objectNode();
        paging().of(place -> Stream.empty(), nothing -> true).describe(body);
        body.putObject("InstanceSystemEventSet").putArray("InstanceSystemEventType");
        return Outcome.success(body);
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
