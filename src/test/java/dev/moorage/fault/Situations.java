package dev.moorage.fault;

import com.typesafe.config.ConfigFactory;
import dev.moorage.action.Actions;
import dev.moorage.contract.AnyError;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.ControlsEvent;
import dev.moorage.domain.ControlsId;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Rule;
import dev.moorage.domain.Story;
import dev.moorage.domain.Tags;
import dev.moorage.domain.Transition;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An instance i-1 with disks d-1 to d-3 on it, and rules as people write them. */
final class Situations {
    static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");

    private static final Story STORY = new Story("R-1", "testid", "DetachDisk", NOW);
    private static final InstanceId INSTANCE = new InstanceId("i-1");

    private Situations() {}

    static RuleText reader() {
        return new RuleText(Actions.specs().keySet(), new AnyError(Actions.specs()));
    }

    static Rule rule(String text) {
        return reader().read(ConfigFactory.parseString(text), NOW);
    }

    static Disk disk(String id, DiskStatus status) {
        var spec = new DiskSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                DiskType.DATA,
                "cloud_essd",
                100,
                "",
                "",
                ChargeType.POST_PAID,
                true,
                true);
        return new Disk(
                new DiskId(id),
                spec.withTags(Tags.of(Map.of("team", "storage"))),
                status,
                true,
                new Attachment(INSTANCE, "/dev/xvdb", "R-0"),
                status.isTransient() ? new Transition(NOW.plusSeconds(60), STORY, "Detaching") : null,
                NOW,
                NOW,
                null);
    }

    static Instance instance() {
        var spec = new InstanceSpec(
                "default",
                "cn-hangzhou",
                "cn-hangzhou-b",
                "web-1",
                "",
                "",
                "ecs.g5.large",
                "image",
                "sg-1",
                "",
                ChargeType.POST_PAID,
                false);
        return new Instance(
                INSTANCE,
                spec.withTags(Tags.of(Map.of("pool", "a"))),
                InstanceStatus.RUNNING,
                List.of(),
                List.of(),
                null,
                NOW,
                NOW);
    }

    /** With d-1 in this status, d-2 In_use and d-3 Detaching. */
    static World world(DiskStatus status) {
        var world = new World();
        world.apply(0, INSTANCE, new InstanceEvent.Provisioned(STORY, instance()));
        for (var disk :
                List.of(disk("d-1", status), disk("d-2", DiskStatus.IN_USE), disk("d-3", DiskStatus.DETACHING))) {
            world.apply(world.offset() + 1, disk.id(), new DiskEvent.Provisioned(STORY, disk));
        }
        return world;
    }

    /** In their order, as rule-1, rule-2 and so on. */
    static World with(World world, String... rules) {
        for (var text : rules) {
            var rule = rule(text).of(world.controls().nextId("rule"), "");
            world.apply(world.offset() + 1, ControlsId.CONTROLS, new ControlsEvent.RuleAdded(STORY, rule));
        }
        return world;
    }

    /** Of testid, for the default account; names and values in turn. */
    static Call call(String action, String... arguments) {
        var values = new LinkedHashMap<String, String>();
        for (int i = 0; i < arguments.length; i += 2) values.put(arguments[i], arguments[i + 1]);
        return new Call(Actions.specs().get(action), Arguments.of(values), "R-2", new Caller("default", "testid"), "");
    }
}
