package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_CATEGORY_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_IDS_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_SNAPSHOT_TYPE_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_SOURCE_DISK_TYPE;
import static dev.moorage.contract.ErrorCode.INVALID_STATUS_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_USAGE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.view.AccountView;
import dev.moorage.view.Listed;
import dev.moorage.view.SnapshotOf;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Lists snapshots. Filters narrow one another; an id that matches nothing is no error. */
record DescribeSnapshots(Arguments arguments) implements Query {
    private static final int MAX_IDS = 100;
    private static final int MAX_RESULTS = 100;
    private static final String ALL = "all";
    private static final Set<String> CAN_BE_ALL = Set.of("Status", "SnapshotType");
    private static final String BY_A_USER = "user";
    private static final String SOURCE_OF_A_DISK = "disk";
    private static final String SOURCE_OF_NOTHING = "none";

    /** A snapshot with what has to be known to tell of it. */
    private record Shown(Snapshot snapshot, Disk disk, boolean isSource) {
        static Shown of(SnapshotOf taken, AccountView view) {
            return new Shown(
                    taken.snapshot(),
                    Objects.requireNonNull(view.disk(taken.diskId())),
                    view.isSource(taken.snapshot().id()));
        }

        String status() {
            return snapshot.isAccomplished() ? Snapshot.ACCOMPLISHED : Snapshot.PROGRESSING;
        }

        String usage() {
            return isSource ? SOURCE_OF_A_DISK : SOURCE_OF_NOTHING;
        }

        /** The chain that all snapshots of one disk are in. */
        String link() {
            return disk.id().value().replaceFirst("d-", "sl-");
        }
    }

    /** The words that a filter knows, and what it answers to any other. */
    private record Words(List<String> known, ErrorCode wrong) {
        boolean has(String word) {
            return known.contains(word.toLowerCase(Locale.ROOT));
        }
    }

    private static final Map<String, Words> WORDS = new TreeMap<>(Map.of(
            "Status",
                    new Words(
                            List.of(Snapshot.PROGRESSING, Snapshot.ACCOMPLISHED, "failed", ALL),
                            INVALID_STATUS_NOT_FOUND),
            "SnapshotType", new Words(List.of("auto", BY_A_USER, ALL), INVALID_SNAPSHOT_TYPE_NOT_FOUND),
            "SourceDiskType", new Words(List.of("system", "data"), INVALID_SOURCE_DISK_TYPE),
            "Usage", new Words(List.of("image", SOURCE_OF_A_DISK, "image_disk", SOURCE_OF_NOTHING), INVALID_USAGE),
            "Category", new Words(CreateSnapshot.CATEGORIES, INVALID_SNAPSHOT_CATEGORY_MALFORMED)));

    /** What each plain filter is compared with, in any case of letters. */
    private static final Map<String, Function<Shown, String>> FILTERS = new TreeMap<>(Map.of(
            "Status", Shown::status,
            "SnapshotType", shown -> BY_A_USER,
            "SourceDiskType", shown -> shown.snapshot().sourceDiskType().wire(),
            "Usage", Shown::usage,
            "Category", shown -> shown.snapshot().category(),
            "SnapshotLinkId", Shown::link,
            "Encrypted", shown -> String.valueOf(shown.snapshot().encrypted()),
            "KMSKeyId", shown -> shown.snapshot().kmsKeyId(),
            "ResourceGroupId", shown -> shown.snapshot().resourceGroupId()));

    static DescribeSnapshots of(Call call) {
        return new DescribeSnapshots(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var page = paging().of(place -> candidatesAfter(place, view), filter());
        var body = JsonNodeFactory.instance.objectNode();
        page.describe(body);
        var snapshots = body.putObject("Snapshots").putArray("Snapshot");
        page.items().forEach(shown -> snapshots.add(describe(shown, now)));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, MAX_RESULTS);
    }

    private Optional<Rejection> wrong() {
        if (!Regions.isRegion(arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_REGION_ID_NOT_FOUND));
        }
        if (arguments.has("SnapshotIds")) {
            var ids = arguments.jsonArray("SnapshotIds");
            if (ids.isEmpty()) return Optional.of(Rejection.of(INVALID_PARAMETER, "SnapshotIds"));
            if (ids.get().size() > MAX_IDS) return Optional.of(Rejection.of(INVALID_SNAPSHOT_IDS_MALFORMED));
        }
        for (var filter : WORDS.entrySet()) {
            var words = filter.getValue();
            if (!arguments.string(filter.getKey()).map(words::has).orElse(true)) {
                return Optional.of(Rejection.of(words.wrong()));
            }
        }
        return new CreationPeriod(arguments)
                .wrong()
                .or(() -> TagRules.wrongFilter(arguments, "Tag"))
                .or(() -> paging().wrong())
                .or(() -> arguments.isTrue("DryRun") ? Optional.of(Rejection.of(DRY_RUN_OPERATION)) : Optional.empty());
    }

    /** The narrowest list that holds all that can match, in the order of every list. */
    private Stream<Listed<Shown>> candidatesAfter(long place, AccountView view) {
        return narrowestAfter(place, view).map(listed -> new Listed<>(listed.place(), Shown.of(listed.thing(), view)));
    }

    private Stream<Listed<SnapshotOf>> narrowestAfter(long place, AccountView view) {
        if (arguments.has("SnapshotIds")) {
            var ids = arguments.jsonArray("SnapshotIds").orElseThrow();
            return Listed.inOrder(
                    view.snapshots(ids.stream().map(SnapshotId::new).toList()), place);
        }
        if (!arguments.has("DiskId")) return view.snapshotsAfter(place);
        var disk = view.disk(new DiskId(arguments.required("DiskId")));
        var ids = disk == null
                ? List.<SnapshotId>of()
                : disk.snapshots().stream().map(Snapshot::id).toList();
        return Listed.inOrder(view.snapshots(ids), place);
    }

    /** What was asked, as one question: it is put to every snapshot of the account. */
    private Predicate<Shown> filter() {
        String region = arguments.required("RegionId");
        Predicate<Shown> filter = shown -> shown.disk().spec().regionId().equals(region);
        var diskId = arguments.string("DiskId").map(DiskId::new);
        if (diskId.isPresent()) filter = filter.and(shown -> shown.disk().id().equals(diskId.get()));
        var instance = arguments.string("InstanceId").map(InstanceId::new);
        if (instance.isPresent()) filter = filter.and(shown -> shown.disk().isAttachedTo(instance.get()));
        var name = arguments.string("SnapshotName");
        if (name.isPresent())
            filter = filter.and(shown -> shown.snapshot().name().equals(name.get()));
        for (var field : FILTERS.entrySet()) {
            var value = arguments.string(field.getKey());
            boolean isAll = value.isPresent()
                    && CAN_BE_ALL.contains(field.getKey())
                    && value.get().equalsIgnoreCase(ALL);
            if (value.isEmpty() || isAll) continue;
            filter = filter.and(
                    shown -> value.get().equalsIgnoreCase(field.getValue().apply(shown)));
        }
        var period = new CreationPeriod(arguments).contains();
        var tags = TagRules.matching(arguments, "Tag");
        return filter.and(shown -> period.test(shown.snapshot().begun().at()))
                .and(shown -> tags.test(shown.snapshot().tags()));
    }

    private static ObjectNode describe(Shown shown, Instant now) {
        var snapshot = shown.snapshot();
        var begun = snapshot.begun().at();
        var node = JsonNodeFactory.instance.objectNode();
        node.put("SnapshotId", snapshot.id().value());
        node.put("SnapshotName", snapshot.name());
        node.put("Description", snapshot.description());
        node.put("SnapshotSN", snapshot.id().value().substring(2));
        node.put("SnapshotLinkId", shown.link());
        node.put("SnapshotType", BY_A_USER);
        node.put("RegionId", shown.disk().spec().regionId());
        node.put("Status", shown.status());
        node.put("Progress", snapshot.progressPercent(now) + "%");
        node.put("RemainTime", secondsUntil(snapshot.isAccomplished() ? null : snapshot.due(), now));
        node.put("Available", snapshot.isAccomplished());
        node.put("SourceDiskId", shown.disk().id().value());
        node.put("SourceDiskType", snapshot.sourceDiskType().wire());
        node.put("SourceDiskSize", String.valueOf(snapshot.sourceSizeGiB()));
        node.put("CreationTime", Timestamps.seconds(begun));
        node.put(
                "LastModifiedTime",
                Timestamps.seconds(Optional.ofNullable(snapshot.finishedAt()).orElse(begun)));
        node.put("Category", snapshot.category());
        node.put("InstantAccess", snapshot.instantAccess());
        node.put("Encrypted", snapshot.encrypted());
        node.put("KMSKeyId", snapshot.kmsKeyId());
        node.put("Usage", shown.usage());
        node.put("ProductCode", "");
        node.put("ResourceGroupId", snapshot.resourceGroupId());
        node.put("SourceStorageType", "disk");
        // It is kept for ever if it does not say for how long.
        if (snapshot.retentionDays() != null) node.put("RetentionDays", snapshot.retentionDays());
        var tags = node.putObject("Tags").putArray("Tag");
        snapshot.tags()
                .forEach((key, value) -> tags.addObject().put("TagKey", key).put("TagValue", value));
        return node;
    }

    /** Begun seconds count: what is still to come is never said to be over. */
    /** Nobody knows how long it takes an operator. */
    private static int secondsUntil(@Nullable Instant due, Instant now) {
        if (due == null) return 0;
        long millis = Duration.between(now, due).toMillis();
        return (int) Math.max(0, Math.min(Integer.MAX_VALUE, (millis + 999) / 1_000));
    }
}
