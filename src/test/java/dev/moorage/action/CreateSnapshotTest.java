package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.snapshot;
import static dev.moorage.action.Examples.spec;
import static dev.moorage.action.Examples.world;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.DiskType;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Snapshot;
import dev.moorage.domain.SnapshotId;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CreateSnapshotTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);

    private static CreateSnapshot verb(String... more) {
        var arguments = Stream.concat(Stream.of("RegionId", "cn-hangzhou", "DiskId", DISK.value()), Stream.of(more));
        return (CreateSnapshot) Examples.verb("CreateSnapshot", arguments.toArray(String[]::new));
    }

    private static AccountView view(Disk disk) {
        return world(disk, instance(InstanceStatus.RUNNING)).of(Examples.ACCOUNT);
    }

    private static @Nullable ErrorCode rejection(Decision decision) {
        return decision instanceof Decision.Rejected no ? no.rejection().code() : null;
    }

    private static Snapshot accomplished(int number) {
        return snapshot()
                .withId(new SnapshotId("s-" + number))
                .withNumber(number)
                .withFinishedAt(NOW);
    }

    @Test
    void beginsWhatWasAsked() {
        var verb = verb(
                "SnapshotName",
                "nightly",
                "Description",
                "of the night",
                "RetentionDays",
                "7",
                "Category",
                "Flash",
                "InstantAccess",
                "true",
                "ResourceGroupId",
                "rg-1",
                "Tag.1.Key",
                "env",
                "Tag.1.Value",
                "test");

        assertThat(verb.check(view(disk(DiskStatus.IN_USE)))).isEmpty();
        assertThat(verb.decideAdmitted(disk(DiskStatus.IN_USE), CONDITIONS))
                .isEqualTo(Decision.accept(new DiskEvent.SnapshotCreating(
                        STORY,
                        verb.snapshotId(),
                        "nightly",
                        "of the night",
                        7,
                        "flash",
                        true,
                        "rg-1",
                        Tags.of(Map.of("env", "test")),
                        NOW.plusSeconds(9),
                        null)));
        assertThat(verb.success().body().path("SnapshotId").asText())
                .isEqualTo(verb.snapshotId().value())
                .matches("s-[0-9a-z]{20}");
    }

    @Test
    void numbersTheSnapshotsOfADiskAlsoAfterOneIsGone() {
        var one = disk(DiskStatus.IN_USE).withSnapshotsTaken(3).withSnapshots(List.of(accomplished(2)));
        var begun = ((Decision.Accepted) verb().decideAdmitted(one, CONDITIONS))
                .events()
                .get(0);
        assertThat(begun.applyTo(one).snapshots()).extracting(Snapshot::number).containsExactly(2, 4);
    }

    @ParameterizedTest
    @CsvSource({
        "SnapshotName, 1st, INVALID_SNAPSHOT_NAME_MALFORMED",
        "SnapshotName, x, INVALID_SNAPSHOT_NAME_MALFORMED",
        "SnapshotName, http://x, INVALID_SNAPSHOT_NAME_MALFORMED",
        "SnapshotName, autosnap, INVALID_SNAPSHOT_NAME_MALFORMED",
        "SnapshotName, nightly,",
        "Description, x, INVALID_DESCRIPTION_MALFORMED",
        "Description, https://x, INVALID_DESCRIPTION_MALFORMED",
        "RetentionDays, 0, INVALID_PARAMETER",
        "RetentionDays, 65537, INVALID_PARAMETER",
        "RetentionDays, 65536,",
        "Category, tape, INVALID_PARAMETER",
        "Category, Standard,",
        "Tag.1.Key, acs:x, INVALID_TAG_KEY_MALFORMED",
        "Tag.1.Value, x, INVALID_TAG_KEY_MALFORMED",
        "DiskId, d-unknown, INVALID_DISK_ID_NOT_FOUND",
        "ClientToken, é, INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED"
    })
    void checksItsParameters(String parameter, String value, @Nullable ErrorCode expected) {
        var answer = verb(parameter, value).check(view(disk(DiskStatus.IN_USE)));
        assertThat(answer.map(outcome -> ((Rejection) outcome).code())).isEqualTo(Optional.ofNullable(expected));
    }

    @Test
    void aReleasedDiskIsNotThere() {
        assertThat(verb().check(view(disk(DiskStatus.RELEASED))))
                .contains(Rejection.of(ErrorCode.INVALID_DISK_ID_NOT_FOUND));
    }

    @ParameterizedTest
    @EnumSource(value = InstanceStatus.class, names = "RELEASED", mode = EnumSource.Mode.EXCLUDE)
    void theInstanceIsToRunOrToBeStopped(InstanceStatus status) {
        boolean good = status == InstanceStatus.RUNNING || status == InstanceStatus.STOPPED;
        assertThat(verb().objection(instance(status), CONDITIONS))
                .isEqualTo(good ? Optional.empty() : Optional.of(ErrorCode.INCORRECT_INSTANCE_STATUS));
    }

    @Test
    void theInstanceIsNotToBeLocked() {
        assertThat(verb().objection(instance(InstanceStatus.RUNNING, LockReason.SECURITY), CONDITIONS))
                .contains(ErrorCode.INSTANCE_LOCKED_FOR_SECURITY);
        assertThat(verb().objection(instance(InstanceStatus.RUNNING, LockReason.FINANCIAL), CONDITIONS))
                .isEmpty();
    }

    @Test
    void goesThroughTheInstanceThatHasTheDisk() {
        assertThat(verb().routed(view(disk(DiskStatus.IN_USE)))).isInstanceOfSatisfying(ForInstance.class, through -> {
            assertThat(through.instanceId()).isEqualTo(INSTANCE);
        });
        assertThat(verb().routed(view(disk(DiskStatus.AVAILABLE)))).isInstanceOf(DiskChange.class);
    }

    @ParameterizedTest
    @CsvSource({
        "CREATING, INCORRECT_DISK_STATUS",
        "ATTACHING, INCORRECT_DISK_STATUS",
        "IN_USE,",
        "DETACHING, INCORRECT_DISK_STATUS",
        "RE_INITING, INCORRECT_DISK_STATUS",
        "AVAILABLE, INCORRECT_DISK_STATUS_NEVER_ATTACHED"
    })
    void theDiskIsToBeAtRestAndUsed(DiskStatus status, @Nullable ErrorCode expected) {
        assertThat(rejection(verb().decideAdmitted(disk(status), CONDITIONS))).isEqualTo(expected);
    }

    @Test
    void aDiskThatWasOnAnInstanceIsUsed() {
        assertThat(rejection(verb().decideAdmitted(disk(DiskStatus.AVAILABLE).withDetachedAt(NOW), CONDITIONS)))
                .isNull();
        assertThat(rejection(verb().decideAdmitted(disk(DiskStatus.AVAILABLE).withAttachedAt(NOW), CONDITIONS)))
                .isNull();
    }

    @Test
    void aLocalDiskHasNone() {
        var local = spec(DiskType.DATA, false).withCategory("ephemeral_ssd");
        assertThat(rejection(verb().decideAdmitted(disk(DiskStatus.IN_USE, local, INSTANCE), CONDITIONS)))
                .isEqualTo(ErrorCode.DISK_CATEGORY_OPERATION_NOT_SUPPORTED);
    }

    @Test
    void oneIsTakenAtATime() {
        var busy = disk(DiskStatus.IN_USE).withSnapshots(List.of(snapshot()));
        assertThat(rejection(verb().decideAdmitted(busy, CONDITIONS)))
                .isEqualTo(ErrorCode.INCORRECT_DISK_STATUS_CREATING_SNAPSHOT);
    }

    @ParameterizedTest
    @CsvSource({"255,", "256, QUOTA_EXCEED_SNAPSHOT"})
    void aDiskHasSoManyOnly(int count, @Nullable ErrorCode expected) {
        var full = disk(DiskStatus.IN_USE)
                .withSnapshots(IntStream.rangeClosed(1, count)
                        .mapToObj(CreateSnapshotTest::accomplished)
                        .toList());
        assertThat(rejection(verb().decideAdmitted(full, CONDITIONS))).isEqualTo(expected);
    }

    @Test
    void theSameCallWithTheSameTokenIsDoneOnce() {
        var verb = verb("ClientToken", "once");
        var before = disk(DiskStatus.IN_USE);
        var event = ((Decision.Accepted) verb.decideAdmitted(before, CONDITIONS))
                .events()
                .get(0);
        var after = event.applyTo(before);

        assertThat(verb("ClientToken", "once").snapshotId()).isEqualTo(verb.snapshotId());
        assertThat(verb.check(view(after))).contains(verb.success());
        assertThat(verb.decideAdmitted(after, CONDITIONS)).isEqualTo(Decision.accept());
        // Whatever has become of the disk and of the snapshot.
        assertThat(verb.check(view(after.withStatus(DiskStatus.RELEASED)))).contains(verb.success());
    }

    @ParameterizedTest
    @CsvSource({"SnapshotName, another", "DiskId, d-another"})
    void anotherCallWithTheSameTokenIsAMistake(String parameter, String value) {
        var before = disk(DiskStatus.IN_USE);
        var event = ((Decision.Accepted) verb("ClientToken", "once").decideAdmitted(before, CONDITIONS))
                .events()
                .get(0);

        Optional<Outcome> answer = verb("ClientToken", "once", parameter, value).check(view(event.applyTo(before)));
        assertThat(answer).contains(Rejection.of(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH));
    }

    @Test
    void itsIdTellsTheRegionOfTheDisk() {
        var verb = (CreateSnapshot) Examples.verb("CreateSnapshot", "DiskId", "d-2ze00000000000000000");
        assertThat(verb.snapshotId().value()).startsWith("s-2ze");
    }
}
