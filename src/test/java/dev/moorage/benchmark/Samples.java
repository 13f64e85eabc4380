package dev.moorage.benchmark;

import akka.persistence.typed.PersistenceId;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.EventName;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Disks and what happens to them: the same in every measurement. */
final class Samples {
    static final int DISKS_PER_INSTANCE = 4;
    static final int EVENTS_PER_DISK = 5;

    private static final Instant START = Instant.parse("2026-01-02T03:04:05.678Z");
    private static final Duration DETACH_TIME = Duration.ofMinutes(1);
    private static final Duration ATTACH_TIME = Duration.ofSeconds(2);

    private Samples() {}

    static DiskId disk(int number) {
        return new DiskId(String.format("d-%09d", number));
    }

    /** What Akka Persistence knows it by. */
    static String persistenceId(EntityId id) {
        return PersistenceId.of(id.kind(), id.value()).id();
    }

    /** The instance that a disk is on. */
    static InstanceId instanceOf(int disk) {
        return instance(disk / DISKS_PER_INSTANCE);
    }

    /** These instances and disks, for a server that has no journal yet. */
    static Path fleetFile(Path directory, int disks) throws IOException {
        var lines = new ArrayList<String>();
        lines.add("instances = [");
        for (int first = 0; first < disks; first += DISKS_PER_INSTANCE) {
            String ids = IntStream.range(first, Math.min(disks, first + DISKS_PER_INSTANCE))
                    .mapToObj(number -> "{ id = " + disk(number) + ", category = cloud_ssd, size = 100 }")
                    .collect(Collectors.joining(", "));
            lines.add("  { id = " + instanceOf(first) + ", disks = [ " + ids + " ] }");
        }
        lines.add("]");
        return Files.write(directory.resolve("fleet.conf"), lines);
    }

    private static InstanceId instance(int number) {
        return new InstanceId(String.format("i-%09d", number));
    }

    /** Spread over all bits, as those of the product are: what repeats can be compressed. */
    private static String requestId(long number) {
        return new UUID(spread(number), spread(~number)).toString().toUpperCase(Locale.ROOT);
    }

    // The finalizer of SplitMix64.
    private static long spread(long number) {
        long z = number + 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }

    private static Story story(long request, String cause, Duration after) {
        return new Story(requestId(request), "testid", cause, START.plus(after));
    }

    /** What a disk writes again and again: off its instance, in two steps. */
    static List<DiskEvent> moves(int number) {
        var detaching = detaching(number, Duration.ZERO);
        return List.of(detaching, detached(detaching));
    }

    private static DiskEvent.Detaching detaching(int number, Duration after) {
        var story = story(2L * number, "DetachDisk", after);
        return new DiskEvent.Detaching(story, false, story.at().plus(DETACH_TIME));
    }

    private static DiskEvent.Detached detached(DiskEvent.Detaching detaching) {
        return new DiskEvent.Detached(
                detaching.story().causedBy(detaching, detaching.due()), detaching.deleteWithInstance());
    }

    /** On an instance, off it, and on it again, where it rests. */
    static List<DiskEvent> history(int number) {
        var provisioned = new DiskEvent.Provisioned(
                story(0, "fleet generated", Duration.ZERO),
                new Disk(disk(number), spec(), DiskStatus.IN_USE, false, attachment(number), null, START, START, null));
        var detaching = detaching(number, Duration.ofHours(1));
        var story = story(2L * number + 1, "AttachDisk", Duration.ofHours(2));
        var attaching = new DiskEvent.Attaching(
                story, attachment(number), false, story.at().plus(ATTACH_TIME));
        var attached = new DiskEvent.Attached(story.causedBy(EventName.of(attaching), attaching.due()));
        return List.of(provisioned, detaching, detached(detaching), attaching, attached);
    }

    // One reservation for both times on the device: so the instance's slots are as its first event has them, and its
    // own part of the moves can be left out.
    private static Attachment attachment(int number) {
        return new Attachment(instanceOf(number), device(number), requestId(2L * number));
    }

    private static String device(int number) {
        return "/dev/xvd" + (char) ('b' + number % DISKS_PER_INSTANCE);
    }

    private static DiskSpec spec() {
        return new DiskSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                DiskType.DATA,
                "cloud_ssd",
                100,
                "data",
                "",
                ChargeType.POST_PAID,
                true,
                false);
    }

    /** A running instance that has its disks from the beginning. */
    static InstanceEvent.Provisioned provisioned(int number) {
        int first = number * DISKS_PER_INSTANCE;
        var slots = IntStream.range(first, first + DISKS_PER_INSTANCE)
                .mapToObj(disk ->
                        new Slot(disk(disk), device(disk), attachment(disk).reservation(), null))
                .toList();
        var spec = new InstanceSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                "web",
                "web",
                "",
                "ecs.g5.large",
                "m-1",
                "sg-1",
                "vsw-1",
                ChargeType.POST_PAID,
                false);
        return new InstanceEvent.Provisioned(
                story(0, "fleet generated", Duration.ZERO),
                new Instance(instance(number), spec, InstanceStatus.RUNNING, List.of(), slots, null, START, START));
    }

    static Instant recordedAt(Event event) {
        return event.story().at().plusNanos(678_901);
    }
}
