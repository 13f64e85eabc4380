package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.Task;
import dev.moorage.view.AccountView;
import java.time.Instant;
import dev.moorage.view.Listed;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lists tasks, the newest first: a client that has lost the id of a running one takes the first of its disk. */
record DescribeTasks(Arguments arguments) implements Query {
    private static final int MAX_IDS = 100;
    private static final String ACTION = "ModifyDiskSpec";
    private static final String PROCESSING = "Processing";
    private static final String FINISHED = "Finished";
    private static final String FAILED = "Failed";
    /** Any other is no filter. */
    private static final Set<String> STATUSES = Set.of(PROCESSING, FINISHED, FAILED);

    /** A task, and the disk that it is about. */
    private record TaskOf(Disk disk, Task task) {
        String status() {
            return task.isFinished() ? FINISHED : PROCESSING;
        }

        ObjectNode describe() {
            return JsonNodeFactory.instance
                    .objectNode()
                    .put("TaskId", task.id())
                    .put("TaskAction", ACTION)
                    .put("TaskStatus", status())
                    .put("ResourceId", disk.id().value())
                    .put("SupportCancel", "false")
                    .put("CreationTime", Timestamps.minutes(task.begun().at()))
                    .put("FinishedTime", Timestamps.minutes(task.finishedAt()));
        }
    }

    static DescribeTasks of(Call call) {
        return new DescribeTasks(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var tasks = newestFirst(view);
        var page = new Paging(arguments, MAX_IDS)
                .byNumber(
                        place -> IntStream.range(0, tasks.size())
                                .filter(index -> index > place)
                                .mapToObj(index -> new Listed<>(index, tasks.get(index))),
                        filter());
        var body = JsonNodeFactory.instance.objectNode();
        arguments.string("RegionId").ifPresent(region -> body.put("RegionId", region));
        body.put("PageNumber", page.number());
        body.put("PageSize", page.size());
        body.put("TotalCount", page.total());
        var set = body.putObject("TaskSet").putArray("Task");
        page.items().forEach(task -> set.add(task.describe()));
        return Outcome.success(body);
    }

    private Optional<Rejection> wrong() {
        if (!arguments.string("RegionId").map(Regions::isRegion).orElse(true)) {
            return Optional.of(Rejection.of(INVALID_REGION_ID_NOT_FOUND));
        }
        if (taskIds().size() > MAX_IDS) return Optional.of(Rejection.of(INVALID_PARAMETER, "TaskIds"));
        if (diskIds().size() > MAX_IDS) return Optional.of(Rejection.of(INVALID_PARAMETER, "ResourceIds.N"));
        for (var bound : List.of("StartTime", "EndTime")) {
            if (arguments.has(bound)
                    && Timestamps.parse(arguments.required(bound)).isEmpty()) {
                return Optional.of(Rejection.of(INVALID_PARAMETER, bound));
            }
        }
        return new Paging(arguments, MAX_IDS).wrongNumber();
    }

    private static List<TaskOf> newestFirst(AccountView view) {
        return view.disksWithTasks()
                .flatMap(disk -> disk.tasks().stream().map(task -> new TaskOf(disk, task)))
                .sorted(Comparator.comparing(
                                (TaskOf known) -> known.task().begun().at())
                        .reversed()
                        .thenComparing(known -> known.task().id()))
                .toList();
    }

    private Set<String> taskIds() {
        return arguments.string("TaskIds").map(ids -> Set.copyOf(split(ids))).orElse(Set.of());
    }

    private static List<String> split(String ids) {
        return Stream.of(ids.split(",", -1)).map(String::trim).distinct().toList();
    }

    private Set<String> diskIds() {
        return Set.copyOf(arguments.strings("ResourceIds"));
    }

    private Predicate<TaskOf> filter() {
        Predicate<TaskOf> filter = known -> true;
        var region = arguments.string("RegionId");
        if (region.isPresent()) {
            filter = filter.and(known -> known.disk().spec().regionId().equals(region.get()));
        }
        var action = arguments.string("TaskAction");
        if (action.isPresent()) filter = filter.and(known -> action.get().equals(ACTION));
        var ids = taskIds();
        if (!ids.isEmpty())
            filter = filter.and(known -> ids.contains(known.task().id()));
        var disks = diskIds();
        if (!disks.isEmpty())
            filter = filter.and(known -> disks.contains(known.disk().id().value()));
        var status = arguments.string("TaskStatus").filter(STATUSES::contains);
        if (status.isPresent()) filter = filter.and(known -> known.status().equals(status.get()));
        var from = arguments.string("StartTime").flatMap(Timestamps::parse);
        if (from.isPresent())
            filter = filter.and(known -> !known.task().begun().at().isBefore(from.get()));
        var to = arguments.string("EndTime").flatMap(Timestamps::parse);
        if (to.isPresent())
            filter = filter.and(known -> !known.task().begun().at().isAfter(to.get()));
        return filter;
    }
}
