package dev.moorage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderClasspath;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigIncluderURL;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigResolveOptions;
import dev.moorage.action.Durations;
import dev.moorage.action.Regions;
import dev.moorage.contract.AccessKeys;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Device;
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
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Story;
import dev.moorage.domain.Transition;
import java.io.File;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads a fleet from a file: HOCON, so JSON works too. Whatever is left out has a sensible default; what contradicts
 * itself is refused with the line it stands in.
 */
final class FleetFile {
    private static final Set<String> FILE_KEYS = keys("accounts", "instances", "disks", "generate");
    private static final Set<String> ACCOUNT_KEYS = keys("accessKeyId", "accessKeySecret", "account");
    private static final Set<String> INSTANCE_KEYS = keys(
            "id",
            "account",
            "zone",
            "name",
            "description",
            "instanceType",
            "imageId",
            "chargeType",
            "status",
            "remaining",
            "locks",
            "deletionProtection",
            "disks");
    private static final Set<String> DISK_KEYS = keys(
            "id",
            "account",
            "zone",
            "name",
            "description",
            "type",
            "category",
            "size",
            "portable",
            "chargeType",
            "deleteWithInstance",
            "deleteAutoSnapshot",
            "device",
            "status",
            "remaining");
    private static final Pattern AFTER_PREFIX = Pattern.compile("[0-9A-Za-z-]{1,64}");
    private static final Set<String> GENERATE_KEYS = keys("instances", "disksPerInstance", "zone", "category", "size");

    private static final String SENT = "the fleet";
    private static final String DEFAULT_ZONE = "cn-hangzhou-b";
    private static final String DEFAULT_CATEGORY = "cloud_efficiency";
    private static final int DEFAULT_SIZE_GIB = 40;

    private final String origin;
    private final Story story;
    private final Durations durations;
    private final Map<EntityId, String> places = new HashMap<>();

    private FleetFile(String origin, Story story, Durations durations) {
        this.origin = origin;
        this.story = story;
        this.durations = durations;
    }

    /**
     * Reads a fleet.
     *
     * @param story under which it comes to be; its time is when everything in it was made
     * @param durations how long what is under way in it still takes
     * @throws FleetProblem if the file cannot be read or contradicts itself
     */
    static Fleet read(Path file, Story story, Durations durations) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file))
            throw new FleetProblem("The fleet file " + file + " cannot be read");
        try {
            var strict = ConfigParseOptions.defaults().setAllowMissing(false).setOriginDescription(file.toString());
            var config = ConfigFactory.parseFile(file.toFile(), strict).resolve();
            return new FleetFile(file.toString(), story, durations).fleet(config);
        } catch (ConfigException e) {
            throw new FleetProblem(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Reads a fleet that somebody sent. It includes no files, and sees nothing of the environment.
     *
     * @throws FleetProblem if it cannot be read or contradicts itself
     */
    static Fleet parse(String text, Story story, Durations durations) {
        try {
            return new FleetFile(SENT, story, durations).fleet(config(text));
        } catch (ConfigException e) {
            throw new FleetProblem(String.valueOf(e.getMessage()));
        }
    }

    /**
     * What somebody sent, as HOCON.
     *
     * @throws ConfigException if it is none
     */
    static Config config(String text) {
        var strict = ConfigParseOptions.defaults().setOriginDescription(SENT).setIncluder(new NoIncludes());
        return ConfigFactory.parseString(text, strict).resolve(ConfigResolveOptions.noSystem());
    }

    /** Files are for those who can log in here. */
    private static final class NoIncludes
            implements ConfigIncluder, ConfigIncluderFile, ConfigIncluderURL, ConfigIncluderClasspath {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            throw new FleetProblem("A fleet that is sent includes nothing, not " + what + " either");
        }

        @Override
        public ConfigObject includeFile(ConfigIncludeContext context, File what) {
            return include(context, what.toString());
        }

        @Override
        public ConfigObject includeURL(ConfigIncludeContext context, URL what) {
            return include(context, what.toString());
        }

        @Override
        public ConfigObject includeResources(ConfigIncludeContext context, String what) {
            return include(context, what);
        }
    }

    private static Set<String> keys(String... keys) {
        return new LinkedHashSet<>(List.of(keys));
    }

    private Fleet fleet(Config config) {
        var file = FleetSection.of(config, FILE_KEYS);
        var accounts = file.sections("accounts", ACCOUNT_KEYS).stream()
                .map(account -> new AccessKeys.Key(
                        account.required("accessKeyId"),
                        account.required("accessKeySecret"),
                        account.text("account").orElse(null)))
                .toList();
        var owners = new ArrayList<Fleet.Owner>();
        file.sections("instances", INSTANCE_KEYS).forEach(section -> owners.add(owner(section)));
        var loose =
                file.sections("disks", DISK_KEYS).stream().map(this::looseDisk).toList();
        file.section("generate", GENERATE_KEYS).ifPresent(section -> owners.addAll(generated(section)));
        return new Fleet(origin, accounts, List.copyOf(owners), loose);
    }

    private Fleet.Owner owner(FleetSection section) {
        var id = new InstanceId(id(section, "i-"));
        claim(id, section, "instance " + id);
        String zone = zone(section, DEFAULT_ZONE);
        var status = section.oneOf("status", InstanceStatus.RUNNING, InstanceStatus.values(), InstanceStatus::wire);
        var spec = new InstanceSpec(
                section.text("account").orElse(AccessKeys.DEFAULT_ACCOUNT),
                Regions.ofZone(zone),
                zone,
                section.text("name").orElse(id.value()),
                "",
                section.text("description").orElse(""),
                section.text("instanceType").orElse("ecs.g5.large"),
                section.text("imageId").orElse(""),
                "",
                "",
                section.oneOf("chargeType", ChargeType.POST_PAID, ChargeType.values(), ChargeType::wire),
                section.flag("deletionProtection", false));
        var locks = section.texts("locks").stream()
                .map(lock -> section.oneOf("locks", lock, LockReason.values(), LockReason::wire))
                .toList();
        var slots = new ArrayList<Slot>();
        var disks = new ArrayList<Disk>();
        var lines = section.sections("disks", DISK_KEYS);
        var asked = lines.stream()
                .flatMap(line -> line.text("device").flatMap(Device::data).stream())
                .toList();
        for (var disk : lines) {
            if (status == InstanceStatus.RELEASED) {
                throw new FleetProblem(disk.place(), "a released instance has no disks, and " + id + " is released");
            }
            disks.add(diskOn(id, spec, disk, slots, asked));
        }
        var transition = status.isTransient()
                ? transition(section, InstanceEvent.Provisioned.class, action(status))
                : none(section, status.wire());
        return new Fleet.Owner(
                new Instance(id, spec, status, locks, List.copyOf(slots), transition, story.at(), null),
                List.copyOf(disks));
    }

    private static String action(InstanceStatus status) {
        return switch (status) {
            case PENDING -> "RunInstances";
            case STARTING -> "StartInstance";
            default -> "StopInstance";
        };
    }

    private Disk diskOn(
            InstanceId instance, InstanceSpec owner, FleetSection section, List<Slot> slots, List<String> asked) {
        var id = diskId(section, "on " + instance);
        var status = section.oneOf("status", DiskStatus.IN_USE, DiskStatus.values(), DiskStatus::wire);
        if (!status.isAttached()) {
            throw new FleetProblem(section.place(), id + " is on " + instance + ", so it cannot be " + status.wire());
        }
        var spec = spec(section, owner.account(), owner.zoneId(), owner.chargeType());
        if (!spec.zoneId().equals(owner.zoneId())) {
            throw new FleetProblem(
                    section.place(),
                    id + " is in " + spec.zoneId() + " and its instance " + instance + " in " + owner.zoneId());
        }
        if (!spec.account().equals(owner.account())) {
            throw new FleetProblem(section.place(), id + " and its instance " + instance + " have different owners");
        }
        String device = device(id, spec.type(), section, slots, asked);
        var attachment = new Attachment(instance, device, story.requestId());
        slots.add(new Slot(id, device, attachment.reservation(), null));
        return new Disk(
                id,
                spec,
                status,
                section.flag("deleteWithInstance", spec.type() == DiskType.SYSTEM),
                attachment,
                transition(section, status),
                story.at(),
                status == DiskStatus.ATTACHING ? null : story.at(),
                null);
    }

    private Disk looseDisk(FleetSection section) {
        var id = diskId(section, "on no instance");
        var status = section.oneOf("status", DiskStatus.AVAILABLE, DiskStatus.values(), DiskStatus::wire);
        if (status.isAttached()) {
            throw new FleetProblem(section.place(), id + " is on no instance, so it cannot be " + status.wire());
        }
        if (section.text("device").isPresent()) {
            throw new FleetProblem(section.place(), id + " is on no instance, so it has no device");
        }
        return new Disk(
                id,
                spec(section, AccessKeys.DEFAULT_ACCOUNT, DEFAULT_ZONE, ChargeType.POST_PAID),
                status,
                section.flag("deleteWithInstance", false),
                null,
                transition(section, status),
                story.at(),
                null,
                null);
    }

    private DiskId diskId(FleetSection section, String where) {
        var id = new DiskId(id(section, "d-"));
        claim(id, section, where);
        return id;
    }

    private static String id(FleetSection section, String prefix) {
        String id = section.required("id");
        if (!id.startsWith(prefix)
                || !AFTER_PREFIX.matcher(id.substring(prefix.length())).matches()) {
            throw section.problem("id", id + " is no id: it has to be " + prefix + " and letters, digits or hyphens");
        }
        return id;
    }

    private void claim(EntityId id, FleetSection section, String where) {
        String before = places.putIfAbsent(id, where);
        if (before != null) {
            throw new FleetProblem(section.place(), id + " is there twice: " + before + " and " + where);
        }
    }

    private DiskSpec spec(FleetSection section, String account, String otherwiseZone, ChargeType otherwiseCharged) {
        String zone = zone(section, otherwiseZone);
        var type = section.oneOf("type", DiskType.DATA, DiskType.values(), DiskType::wire);
        var chargeType = section.oneOf("chargeType", otherwiseCharged, ChargeType.values(), ChargeType::wire);
        boolean canMove = type == DiskType.DATA && chargeType == ChargeType.POST_PAID;
        boolean portable = section.flag("portable", canMove);
        if (portable && !canMove) {
            throw section.problem("portable", "only data disks that are paid by use are portable");
        }
        return new DiskSpec(
                section.text("account").orElse(account),
                Regions.ofZone(zone),
                zone,
                type,
                section.text("category").orElse(DEFAULT_CATEGORY),
                size(section),
                section.text("name").orElse(""),
                section.text("description").orElse(""),
                chargeType,
                portable,
                section.flag("deleteAutoSnapshot", true));
    }

    private static int size(FleetSection section) {
        int size = section.number("size", DEFAULT_SIZE_GIB);
        if (size < 1) throw section.problem("size", "a disk has at least 1 GiB, not " + size);
        return size;
    }

    private static String zone(FleetSection section, String otherwise) {
        String zone = section.text("zone").orElse(otherwise);
        if (Regions.ofZone(zone).isEmpty()) {
            throw section.problem("zone", "there is no zone " + zone);
        }
        return zone;
    }

    private static String device(
            DiskId id, DiskType type, FleetSection section, List<Slot> slots, List<String> askedForByAll) {
        var taken = slots.stream().map(Slot::device).toList();
        var asked = section.text("device");
        String device;
        if (type == DiskType.SYSTEM) {
            device = asked.orElse(Device.SYSTEM);
            if (!device.equals(Device.SYSTEM)) {
                throw new FleetProblem(section.place(), id + " is a system disk, so its device is " + Device.SYSTEM);
            }
        } else {
            device = asked.isEmpty()
                    ? firstFree(taken, askedForByAll)
                    : Device.data(asked.get()).orElse("");
            long dataDisks =
                    taken.stream().filter(other -> !other.equals(Device.SYSTEM)).count();
            if (dataDisks >= Instance.MAX_DATA_DISKS) {
                throw new FleetProblem(
                        section.place(), id + " is one data disk too many: the limit is " + Instance.MAX_DATA_DISKS);
            }
        }
        if (device.isEmpty()) {
            throw new FleetProblem(section.place(), asked.orElse("") + " is no device: /dev/xvdb to /dev/xvdz are");
        }
        if (taken.contains(device)) throw new FleetProblem(section.place(), device + " of " + id + " is taken");
        return device;
    }

    private static String firstFree(List<String> taken, List<String> askedFor) {
        var notToBeHad = new ArrayList<>(taken);
        notToBeHad.addAll(askedFor);
        return Device.firstFree(notToBeHad).orElse("");
    }

    private @Nullable Transition transition(FleetSection section, DiskStatus status) {
        return switch (status) {
            case CREATING -> transition(section, DiskEvent.Provisioned.class, "CreateDisk");
            case ATTACHING -> transition(section, DiskEvent.Provisioned.class, "AttachDisk");
            case DETACHING -> transition(section, DiskEvent.Provisioned.class, "DetachDisk");
            case RE_INITING -> transition(section, DiskEvent.Provisioned.class, "ReInitDisk");
            case AVAILABLE, IN_USE, RELEASED -> none(section, status.wire());
        };
    }

    private Transition transition(FleetSection section, Class<? extends Event> beganBy, String action) {
        var remaining = section.duration("remaining");
        if (remaining.isPresent() && remaining.get().isNegative()) {
            throw section.problem("remaining", "remaining cannot be " + remaining.get());
        }
        var due = remaining
                .map(story.at()::plus)
                .or(() -> durations.due(durations.of(action), action, section.required("id"), story.at()));
        return new Transition(due.orElse(null), story, EventName.of(beganBy));
    }

    private static @Nullable Transition none(FleetSection section, String status) {
        if (section.duration("remaining").isPresent()) {
            throw section.problem("remaining", "nothing is remaining where the status is " + status);
        }
        return null;
    }

    // Numbered, not random: loading the same file again must find the same ids.
    private List<Fleet.Owner> generated(FleetSection section) {
        int instances = section.number("instances", 0);
        int disks = section.number("disksPerInstance", 0);
        if (instances < 0) throw new FleetProblem(section.place(), "instances cannot be " + instances);
        if (disks < 0 || disks > Instance.MAX_DATA_DISKS) {
            throw new FleetProblem(
                    section.place(), "disksPerInstance is 0 to " + Instance.MAX_DATA_DISKS + ", not " + disks);
        }
        String zone = zone(section, DEFAULT_ZONE);
        String prefix = Regions.idPrefix(Regions.ofZone(zone)) + "g";
        String category = section.text("category").orElse(DEFAULT_CATEGORY);
        int size = section.number("size", DEFAULT_SIZE_GIB);
        var owners = new ArrayList<Fleet.Owner>();
        for (int instance = 0; instance < instances; instance++) {
            String number = prefix + digits(instance, 12);
            var lines = new ArrayList<Map<String, Object>>();
            for (int disk = 0; disk < disks; disk++) {
                lines.add(Map.of("id", "d-" + number + digits(disk, 4), "category", category, "size", size));
            }
            Map<String, Object> line = Map.of("id", "i-" + number + digits(0, 4), "zone", zone, "disks", lines);
            owners.add(owner(FleetSection.of(ConfigFactory.parseMap(line, origin + ": generate"), INSTANCE_KEYS)));
        }
        return owners;
    }

    private static String digits(int number, int howMany) {
        String digits = Integer.toString(number);
        return "0".repeat(howMany - digits.length()) + digits;
    }
}
