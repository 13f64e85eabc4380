package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.moorage.action.Durations;
import dev.moorage.contract.AccessKeys;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Device;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Story;
import dev.moorage.domain.Transition;
import dev.moorage.view.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class FleetFileTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Story STORY = new Story("fleet test", "moorage", "Provisioned", NOW);
    private static final Durations DURATIONS = Durations.fixed(Map.of(
            "CreateDisk", Duration.ofSeconds(1),
            "AttachDisk", Duration.ofSeconds(2),
            "DetachDisk", Duration.ofSeconds(60),
            "ReInitDisk", Duration.ofSeconds(10),
            "RunInstances", Duration.ofSeconds(3),
            "StartInstance", Duration.ofSeconds(4),
            "StopInstance", Duration.ofSeconds(5)));

    private final Path file;

    FleetFileTest(@TempDir Path directory) {
        file = directory.resolve("fleet.conf");
    }

    private Fleet read(String... lines) {
        try {
            Files.write(file, List.of(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return FleetFile.read(file, STORY, DURATIONS);
    }

    /** What is said to be wrong, and in which line. */
    private void expectProblem(int line, String problem, String... lines) {
        var thrown = catchThrowableOfType(FleetProblem.class, () -> read(lines));
        assertThat(thrown).as(String.join("\n", lines)).isNotNull();
        assertThat(thrown.getMessage()).startsWith(file + ": " + line + ": ").contains(problem);
        assertThat(thrown.getMessage().lines()).hasSize(1);
    }

    private Instance onlyInstance(String... lines) {
        var owners = read(lines).owners();
        assertThat(owners).hasSize(1);
        return owners.get(0).instance();
    }

    private Disk onlyDisk(String... lines) {
        var fleet = read(lines);
        var disks = new ArrayList<>(fleet.loose());
        fleet.owners().forEach(owner -> disks.addAll(owner.disks()));
        assertThat(disks).hasSize(1);
        return disks.get(0);
    }

    private static @Nullable Transition transition(@Nullable String status, long seconds) {
        if (status == null) return null;
        boolean ofInstance = List.of("Pending", "Starting", "Stopping").contains(status);
        return new Transition(
                NOW.plusSeconds(seconds), STORY, ofInstance ? "instance.provisioned" : "disk.provisioned");
    }

    @Test
    void anEmptyFileIsAnEmptyFleet() {
        var fleet = read("");

        assertThat(fleet.owners()).isEmpty();
        assertThat(fleet.loose()).isEmpty();
        assertThat(fleet.accounts()).isEmpty();
    }

    @Test
    void whatIsLeftOutHasADefault() {
        var fleet = read("instances = [ { id = i-1, disks = [ { id = d-1 } ] } ]", "disks = [ { id = d-2 } ]");

        var spec = new DiskSpec(
                AccessKeys.DEFAULT_ACCOUNT,
                "cn-hangzhou",
                "cn-hangzhou-b",
                DiskType.DATA,
                "cloud_efficiency",
                40,
                "",
                "",
                ChargeType.POST_PAID,
                true,
                true);
        var instance = new InstanceId("i-1");
        var attachment = new Attachment(instance, "/dev/xvdb", STORY.requestId());
        var owner = fleet.owners().get(0);
        assertThat(owner.instance())
                .isEqualTo(new Instance(
                        instance,
                        new InstanceSpec(
                                AccessKeys.DEFAULT_ACCOUNT,
                                "cn-hangzhou",
                                "cn-hangzhou-b",
                                "i-1",
                                "",
                                "",
                                "ecs.g5.large",
                                "",
                                "",
                                "",
                                ChargeType.POST_PAID,
                                false),
                        InstanceStatus.RUNNING,
                        List.of(),
                        List.of(new Slot(new DiskId("d-1"), "/dev/xvdb", STORY.requestId(), null)),
                        null,
                        NOW,
                        null));
        assertThat(owner.disks())
                .containsExactly(
                        new Disk(new DiskId("d-1"), spec, DiskStatus.IN_USE, false, attachment, null, NOW, NOW, null));
        assertThat(fleet.loose())
                .containsExactly(
                        new Disk(new DiskId("d-2"), spec, DiskStatus.AVAILABLE, false, null, null, NOW, null, null));
    }

    @Test
    void whatIsSaidIsTaken() {
        var fleet = read(
                "accounts = [ { accessKeyId = one, accessKeySecret = s1 },",
                "             { accessKeyId = two, accessKeySecret = s2, account = team } ]",
                "instances = [ { id = i-1, account = team, zone = cn-beijing-a, name = web,",
                "  description = \"a web server\",",
                "  instanceType = ecs.t1, imageId = m-1, chargeType = PrePaid, status = Stopped,",
                "  locks = [ financial, Security ], deletionProtection = true, disks = [",
                "    { id = d-sys, type = system }",
                "    { id = d-1, name = data, description = store, category = cloud_ssd, size = 100,",
                "      portable = false, deleteWithInstance = true, deleteAutoSnapshot = false, device = /dev/xvdd }",
                "    { id = d-2, chargeType = PostPaid, device = /dev/vdc }",
                "    { id = d-3 } ] } ]");

        assertThat(fleet.accounts())
                .containsExactly(new AccessKeys.Key("one", "s1", null), new AccessKeys.Key("two", "s2", "team"));
        var instance = fleet.owners().get(0).instance();
        assertThat(instance.spec())
                .isEqualTo(new InstanceSpec(
                        "team",
                        "cn-beijing",
                        "cn-beijing-a",
                        "web",
                        "",
                        "a web server",
                        "ecs.t1",
                        "m-1",
                        "",
                        "",
                        ChargeType.PRE_PAID,
                        true));
        assertThat(instance.status()).isEqualTo(InstanceStatus.STOPPED);
        assertThat(instance.locks()).containsExactly(LockReason.FINANCIAL, LockReason.SECURITY);
        assertThat(instance.slots())
                .extracting(Slot::device)
                .containsExactly(Device.SYSTEM, "/dev/xvdd", "/dev/xvdc", "/dev/xvdb");

        var disks = fleet.owners().get(0).disks();
        assertThat(disks).allSatisfy(disk -> assertThat(disk.spec().zoneId()).isEqualTo("cn-beijing-a"));
        assertThat(disks).allSatisfy(disk -> assertThat(disk.spec().account()).isEqualTo("team"));
        assertThat(disks).extracting(Disk::deleteWithInstance).containsExactly(true, true, false, false);
        assertThat(disks)
                .extracting(disk -> disk.spec().chargeType())
                .containsExactly(ChargeType.PRE_PAID, ChargeType.PRE_PAID, ChargeType.POST_PAID, ChargeType.PRE_PAID);
        // What was bought with its instance stays with it, unless the file says otherwise.
        assertThat(disks).extracting(disk -> disk.spec().portable()).containsExactly(false, false, true, false);
        assertThat(disks.get(1).spec())
                .isEqualTo(new DiskSpec(
                        "team",
                        "cn-beijing",
                        "cn-beijing-a",
                        DiskType.DATA,
                        "cloud_ssd",
                        100,
                        "data",
                        "store",
                        ChargeType.PRE_PAID,
                        false,
                        false));
    }

    @ParameterizedTest
    @CsvSource({"Attaching, 2", "Detaching, 60", "ReIniting, 10", "In_use, 0"})
    void aDiskOnAnInstanceCanBeOnItsWay(String status, long seconds) {
        var disk = onlyDisk("instances = [ { id = i-1, disks = [ { id = d-1, status = " + status + " } ] } ]");

        assertThat(disk.status().wire()).isEqualTo(status);
        assertThat(disk.transition()).isEqualTo(transition(seconds == 0 ? null : status, seconds));
        assertThat(disk.attachment()).isNotNull();
        assertThat(disk.attachedAt()).isEqualTo(status.equals("Attaching") ? null : NOW);
    }

    @ParameterizedTest
    @CsvSource({"Creating, 1", "Available, 0", "Released, 0"})
    void aDiskOnNoInstanceCanBeOnItsWay(String status, long seconds) {
        var disk = onlyDisk("disks = [ { id = d-1, status = " + status + " } ]");

        assertThat(disk.status().wire()).isEqualTo(status);
        assertThat(disk.transition()).isEqualTo(transition(seconds == 0 ? null : status, seconds));
        assertThat(disk.attachment()).isNull();
    }

    @ParameterizedTest
    @CsvSource({"Pending, 3", "Starting, 4", "Stopping, 5", "Running, 0", "Stopped, 0", "Released, 0"})
    void anInstanceCanBeOnItsWay(String status, long seconds) {
        var instance = onlyInstance("instances = [ { id = i-1, status = " + status + " } ]");

        assertThat(instance.status().wire()).isEqualTo(status);
        assertThat(instance.transition()).isEqualTo(transition(seconds == 0 ? null : status, seconds));
    }

    @Test
    void theFileSaysHowLongItStillTakes() {
        var disk =
                onlyDisk("instances = [ { id = i-1, disks = [ { id = d-1, status = detaching, remaining = 24h } ] } ]");
        assertThat(disk.transition()).isEqualTo(transition("Detaching", 24 * 60 * 60));

        var instance = onlyInstance("instances = [ { id = i-1, status = starting, remaining = 2m } ]");
        assertThat(instance.transition()).isEqualTo(transition("Starting", 120));
    }

    @Test
    void itCanBeJson() {
        var fleet = read(
                "{ \"instances\": [ { \"id\": \"i-1\", \"locks\": [ \"security\" ], \"disks\": [",
                "  { \"id\": \"d-1\", \"size\": 100, \"portable\": false,",
                "    \"status\": \"Detaching\", \"remaining\": \"5s\" }",
                "] } ] }");

        assertThat(fleet.owners().get(0).instance().isLockedForSecurity()).isTrue();
        var disk = fleet.owners().get(0).disks().get(0);
        assertThat(disk.spec().sizeGiB()).isEqualTo(100);
        assertThat(disk.spec().portable()).isFalse();
        assertThat(disk.transition()).isEqualTo(transition("Detaching", 5));
    }

    @Test
    void manyAreMadeWithTheSameIdsEveryTime() {
        String line = "generate = { instances = 3, disksPerInstance = 2, zone = cn-shanghai-b, category = cloud_ssd,"
                + " size = 20 }";
        var fleet = read(line);

        assertThat(fleet.owners()).hasSize(3);
        var ids = new HashSet<EntityId>();
        for (var owner : fleet.owners()) {
            ids.add(owner.instance().id());
            assertThat(owner.instance().spec().zoneId()).isEqualTo("cn-shanghai-b");
            assertThat(owner.instance().id().value()).startsWith("i-uf6");
            assertThat(owner.instance().slots()).extracting(Slot::device).containsExactly("/dev/xvdb", "/dev/xvdc");
            for (var disk : owner.disks()) {
                ids.add(disk.id());
                assertThat(disk.id().value()).startsWith("d-uf6");
                assertThat(disk.spec().category()).isEqualTo("cloud_ssd");
                assertThat(disk.spec().sizeGiB()).isEqualTo(20);
                assertThat(disk.spec().portable()).isTrue();
            }
        }
        assertThat(ids).hasSize(9);
        assertThat(read(line)).isEqualTo(fleet);
        assertThat(read("generate = { instances = 1, disksPerInstance = 16 }")
                        .owners()
                        .get(0)
                        .disks())
                .hasSize(16);
        assertThat(read("generate = { instances = 2 }").owners())
                .allSatisfy(owner -> assertThat(owner.disks()).isEmpty());
    }

    @Test
    void anIdStandsForOneThing() {
        expectProblem(2, "i-1 is there twice", "instances = [ { id = i-1 },", "{ id = i-1 } ]");
        expectProblem(2, "d-1 is there twice", "disks = [ { id = d-1 },", "{ id = d-1 } ]");
        expectProblem(
                3,
                "d-1 is there twice: on i-1 and on i-2",
                "instances = [",
                "{ id = i-1, disks = [ { id = d-1 } ] },",
                "{ id = i-2, disks = [ { id = d-1 } ] } ]");
        expectProblem(
                2,
                "d-1 is there twice: on i-1 and on no instance",
                "instances = [ { id = i-1, disks = [ { id = d-1 } ] } ]",
                "disks = [ { id = d-1 } ]");
    }

    @Test
    void anIdLooksLikeOne() {
        expectProblem(1, "x-1 is no id", "instances = [ { id = x-1 } ]");
        expectProblem(2, "i-1 is no id", "disks = [", "{ id = i-1 } ]");
        expectProblem(1, "is no id", "disks = [ { id = \"d-1 or so\" } ]");
        expectProblem(2, "the key id is missing", "disks = [", "{ size = 20 } ]");
    }

    @Test
    void aDeviceHoldsOneDisk() {
        expectProblem(
                3,
                "/dev/xvdc of d-2 is taken",
                "instances = [ { id = i-1, disks = [",
                "{ id = d-1, device = /dev/xvdc },",
                "{ id = d-2, device = /dev/vdc } ] } ]");
        expectProblem(
                3,
                "/dev/xvda of d-2 is taken",
                "instances = [ { id = i-1, disks = [",
                "{ id = d-1, type = system },",
                "{ id = d-2, type = system } ] } ]");
        expectProblem(
                2,
                "so its device is /dev/xvda",
                "instances = [ { id = i-1, disks = [",
                "{ id = d-1, type = system, device = /dev/xvdb } ] } ]");
        expectProblem(
                2,
                "/dev/xvda is no device",
                "instances = [ { id = i-1, disks = [",
                "{ id = d-1, device = /dev/xvda } ] } ]");
        expectProblem(
                2,
                "/dev/sdb is no device",
                "instances = [ { id = i-1, disks = [",
                "{ id = d-1, device = /dev/sdb } ] } ]");
        expectProblem(2, "it has no device", "disks = [", "{ id = d-1, device = /dev/xvdb } ]");
    }

    @Test
    void aDeviceThatIsChosenForOneDiskIsNotTheOneThatAnotherAsksFor() {
        var instance = onlyInstance(
                "instances = [ { id = i-1, disks = [ { id = d-1 }, { id = d-2, device = /dev/xvdb } ] } ]");

        assertThat(instance.slots()).extracting(Slot::device).containsExactly("/dev/xvdc", "/dev/xvdb");
    }

    @Test
    void anInstanceHasRoomForSixteenDataDisks() {
        var lines = new ArrayList<String>();
        lines.add("instances = [ { id = i-1, disks = [ { id = d-sys, type = system }");
        for (int i = 1; i <= 16; i++) lines.add("{ id = d-" + i + " }");
        var full = new ArrayList<>(lines);
        full.add("] } ]");
        assertThat(onlyInstance(full.toArray(String[]::new)).slots()).hasSize(17);

        lines.add("{ id = d-17 } ] } ]");
        expectProblem(18, "d-17 is one data disk too many", lines.toArray(String[]::new));
    }

    @ParameterizedTest
    @EnumSource(names = {"CREATING", "AVAILABLE", "RELEASED"})
    void aDiskOnAnInstanceIsNot(DiskStatus status) {
        expectProblem(
                2,
                "d-1 is on i-1, so it cannot be " + status.wire(),
                "instances = [ { id = i-1, disks = [",
                "{ id = d-1, status = " + status.wire() + " } ] } ]");
    }

    @ParameterizedTest
    @EnumSource(names = {"ATTACHING", "IN_USE", "DETACHING", "RE_INITING"})
    void aDiskOnNoInstanceIsNot(DiskStatus status) {
        expectProblem(
                2,
                "d-1 is on no instance, so it cannot be " + status.wire(),
                "disks = [",
                "{ id = d-1, status = " + status.wire() + " } ]");
    }

    @Test
    void aDiskIsWhereItsInstanceIs() {
        expectProblem(
                2,
                "d-1 is in cn-hangzhou-c and its instance i-1 in cn-hangzhou-b",
                "instances = [ { id = i-1, disks = [",
                "{ id = d-1, zone = cn-hangzhou-c } ] } ]");
        expectProblem(
                2,
                "d-1 and its instance i-1 have different owners",
                "instances = [ { id = i-1, account = one, disks = [",
                "{ id = d-1, account = other } ] } ]");
        expectProblem(
                2,
                "a released instance has no disks",
                "instances = [ { id = i-1, status = Released, disks = [",
                "{ id = d-1 } ] } ]");
    }

    @Test
    void aValueIsOneOfThoseThereAre() {
        expectProblem(2, "there is no zone atlantis-a", "instances = [ { id = i-1,", "zone = atlantis-a } ]");
        expectProblem(2, "there is no status Flying, only Creating", "disks = [ { id = d-1,", "status = Flying } ]");
        expectProblem(2, "there is no status In_use, only Pending", "instances = [ { id = i-1,", "status = In_use } ]");
        expectProblem(2, "there is no type disk, only system, data", "disks = [ { id = d-1,", "type = disk } ]");
        expectProblem(2, "there is no chargeType Free", "disks = [ { id = d-1,", "chargeType = Free } ]");
        expectProblem(2, "there is no locks bored", "instances = [ { id = i-1,", "locks = [ bored ] } ]");
        expectProblem(2, "size", "disks = [ { id = d-1,", "size = large } ]");
        expectProblem(2, "portable", "disks = [ { id = d-1,", "portable = perhaps } ]");
        expectProblem(2, "remaining", "disks = [ { id = d-1, status = Creating,", "remaining = soon } ]");
        expectProblem(1, "instances cannot be -1", "generate = { instances = -1 }");
        expectProblem(1, "disksPerInstance is 0 to 16, not 17", "generate = { instances = 1, disksPerInstance = 17 }");
        expectProblem(1, "disksPerInstance is 0 to 16, not -1", "generate = { instances = 1, disksPerInstance = -1 }");
    }

    @ParameterizedTest
    @CsvSource({"0", "-1"})
    void aDiskHasASize(int size) {
        expectProblem(2, String.valueOf(size), "disks = [", "{ id = d-1, size = " + size + " } ]");
    }

    @Test
    void whatIsUnderWayIsNotOverSinceLong() {
        expectProblem(2, "remaining", "disks = [", "{ id = d-1, status = Creating, remaining = -5s } ]");
    }

    @Test
    void onlyWhatIsUnderWayHasSomethingRemaining() {
        expectProblem(2, "remaining", "disks = [", "{ id = d-1, status = Available, remaining = 5s } ]");
        expectProblem(2, "remaining", "instances = [", "{ id = i-1, status = Running, remaining = 5s } ]");
    }

    @Test
    void unknownKeysAreNamed() {
        expectProblem(1, "there is no key instance here, only accounts, instances", "instance = []");
        expectProblem(2, "there is no key sise here", "disks = [ { id = d-1,", "sise = 20 } ]");
        expectProblem(2, "there is no key disk here", "instances = [ { id = i-1,", "disk = [] } ]");
        expectProblem(1, "there is no key disks here", "generate = { instances = 1, disks = 1 }");
        expectProblem(2, "there is no key secret here", "accounts = [ { accessKeyId = a,", "secret = b } ]");
        expectProblem(1, "the key accessKeySecret is missing", "accounts = [ { accessKeyId = a } ]");
    }

    @Test
    void aListIsAListAndAnObjectAnObject() {
        expectProblem(1, "instances", "instances = 3");
        expectProblem(1, "disks", "disks = [ d-1 ]");
        expectProblem(1, "generate", "generate = 250");
    }

    @Test
    void whatCannotBeReadSaysWhere() throws IOException {
        expectProblem(2, "", "instances = [", "{ id = ]");

        Files.delete(file);
        var thrown = catchThrowableOfType(FleetProblem.class, () -> FleetFile.read(file, STORY, DURATIONS));
        assertThat(thrown).hasMessageContaining(file + " cannot be read");
    }

    @Test
    void loadingItTwiceChangesNothing() {
        var world = new World();
        var fleet = read(
                "instances = [ { id = i-1, disks = [ { id = d-1 } ] } ]",
                "disks = [ { id = d-2 }, { id = d-gone, status = Released } ]",
                "generate = { instances = 2, disksPerInstance = 3 }");
        var births = births(fleet, world);
        for (var birth : births) world.apply(world.offset() + 1, birth.id(), birth.event());

        assertThat(births).hasSize(2 + 2 + 2 * 4);
        assertThat(births.stream().map(Fleet.Birth::id)).doesNotHaveDuplicates();
        assertThat(births(fleet, world)).isEmpty();
        assertThat(world.diskCount()).isEqualTo(2 + 6);
        assertThat(world.instanceCount()).isEqualTo(1 + 2);
    }

    @Test
    void whatIsAddedToAFileIsAddedToTheFleet() {
        var world = new World();
        for (var birth : births(read("generate = { instances = 2 }"), world)) {
            world.apply(world.offset() + 1, birth.id(), birth.event());
        }

        assertThat(read("generate = { instances = 3 }", "disks = [ { id = d-1 } ]")
                        .births(world, STORY))
                .hasSize(2);
    }

    @Test
    void anInstanceIsAddedWhole() {
        var world = new World();
        for (var birth : births(read("instances = [ { id = i-1 } ]"), world)) {
            world.apply(world.offset() + 1, birth.id(), birth.event());
        }
        var more = read("instances = [ { id = i-1, disks = [ { id = d-1 } ] } ]");

        var thrown = catchThrowableOfType(FleetProblem.class, () -> more.births(world, STORY));
        assertThat(thrown).hasMessageContaining(file.toString()).hasMessageContaining("i-1 is there already");
    }

    @Test
    void theDemonstrationFleetIsSound() {
        var fleet = FleetFile.read(Path.of("conf", "fleets", "demo.conf"), STORY, DURATIONS);

        assertThat(fleet.owners()).isNotEmpty();
        assertThat(fleet.loose()).isNotEmpty();
    }

    private static List<Fleet.Birth> births(Fleet fleet, World world) {
        return fleet.births(world, STORY).stream().flatMap(List::stream).toList();
    }

    @Test
    void onlyADataDiskThatIsPaidByUseIsPortable() {
        expectProblem(2, "portable", "disks = [ { id = d-1, chargeType = PrePaid,", "portable = true } ]");
        expectProblem(
                2,
                "portable",
                "instances = [ { id = i-1, disks = [ { id = d-1, type = system,",
                "portable = true } ] } ]");
    }
}
