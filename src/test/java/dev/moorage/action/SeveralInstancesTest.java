package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ClientToken;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls that do the same to several instances. */
class SeveralInstancesTest {
    private static final InstanceId OTHER = new InstanceId("i-other");
    private static final InstanceId RUNNING = new InstanceId("i-running");
    private static final InstanceId FAR = new InstanceId("i-far");
    private static final InstanceId FOREIGN = new InstanceId("i-foreign");

    private final World world = new World();
    private final AccountView view = world.of(Examples.ACCOUNT);

    SeveralInstancesTest() {
        var stopped = instance(InstanceStatus.STOPPED, List.of());
        given(stopped);
        given(stopped.withId(OTHER));
        given(stopped.withId(RUNNING).withStatus(InstanceStatus.RUNNING));
        given(stopped.withId(FAR).withSpec(stopped.spec().withRegionId("cn-beijing")));
        given(stopped.withId(FOREIGN).withSpec(stopped.spec().withAccount("someone else")));
    }

    private void given(Instance instance) {
        apply(instance.id(), new InstanceEvent.Provisioned(STORY, instance));
    }

    private void apply(InstanceId id, InstanceEvent event) {
        world.apply(world.offset() + 1, id, event);
    }

    private static Batch batch(String action, List<InstanceId> ids, String... more) {
        var arguments = new ArrayList<>(List.of("RegionId", "cn-hangzhou"));
        for (int i = 0; i < ids.size(); i++) {
            arguments.addAll(List.of("InstanceId." + (i + 1), ids.get(i).value()));
        }
        arguments.addAll(List.of(more));
        return (Batch) Examples.verb(action, arguments.toArray(String[]::new));
    }

    private static Rejection no(ErrorCode code) {
        return Rejection.of(code);
    }

    @ParameterizedTest
    @ValueSource(strings = {"StartInstances", "StopInstances", "RebootInstances", "DeleteInstances"})
    void areNamedAndNotTooMany(String action) {
        assertThat(batch(action, List.of()).check(view))
                .contains(Rejection.of(ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND, "InstanceId"));
        var many =
                IntStream.range(0, 101).mapToObj(i -> new InstanceId("i-" + i)).toList();
        assertThat(batch(action, many).check(view)).contains(no(ErrorCode.INVALID_PARAMETER_TOO_MANY_INSTANCE_IDS));
        assertThat(batch(action, many.subList(0, 100)).check(view))
                .contains(no(ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND));
    }

    @Test
    void areTreatedInOneOfTwoWays() {
        assertThat(batch("StartInstances", List.of(INSTANCE), "BatchOptimization", "Best")
                        .check(view))
                .contains(Rejection.of(ErrorCode.INVALID_PARAMETER, "BatchOptimization"));
    }

    @ParameterizedTest
    @CsvSource({"i-far", "i-foreign", "i-never"})
    void areOfTheRegionAndTheAccount(String unknown) {
        var ids = List.of(INSTANCE, new InstanceId(unknown));

        assertThat(batch("StartInstances", ids).check(view)).contains(no(ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND));
        var each = batch("StartInstances", ids, "BatchOptimization", "SuccessFirst");
        assertThat(each.check(view)).isEmpty();
        assertThat(((Batch) each.routed(view)).parts())
                .extracting(part -> ((ForInstance) part).instanceId())
                .containsExactly(INSTANCE);
    }

    @Test
    void changeTogetherOrNotAtAll() {
        assertThat(batch("StartInstances", List.of(INSTANCE, RUNNING)).check(view))
                .contains(no(ErrorCode.INCORRECT_INSTANCE_STATUS));
        var both = batch("StartInstances", List.of(INSTANCE, OTHER, INSTANCE));
        assertThat(both.check(view)).isEmpty();
        assertThat(both.parts()).hasSize(2);
        var outcome = both.conclude(List.of(Outcome.success(), Outcome.success()));
        assertThat(rows(outcome))
                .containsExactly(INSTANCE + " Stopped Starting 200 success", OTHER + " Stopped Starting 200 success");
    }

    @Test
    void areAnsweredForByTheFirstThatChangedItsMind() {
        var both = batch("StartInstances", List.of(INSTANCE, OTHER));
        assertThat(both.conclude(List.of(Outcome.success(), no(ErrorCode.INCORRECT_INSTANCE_STATUS))))
                .isEqualTo(no(ErrorCode.INCORRECT_INSTANCE_STATUS));
    }

    @Test
    void answerEachForItselfWhereSuccessComesFirst() {
        var all = batch("StartInstances", List.of(FOREIGN, RUNNING, INSTANCE), "BatchOptimization", "SuccessFirst");
        assertThat(all.check(view)).isEmpty();

        var outcome = ((Batch) all.routed(view))
                .conclude(List.of(no(ErrorCode.INCORRECT_INSTANCE_STATUS), Outcome.success()));

        assertThat(rows(outcome))
                .containsExactly(
                        FOREIGN + "   InvalidInstanceId.NotFound The specified InstanceId does not exist.",
                        RUNNING + "   IncorrectInstanceStatus The current status of the resource does not support"
                                + " this operation.",
                        INSTANCE + " Stopped Starting 200 success");
    }

    private static List<String> rows(Outcome outcome) {
        var rows = new ArrayList<String>();
        for (var row : ((Outcome.Success) outcome).body().at("/InstanceResponses/InstanceResponse")) {
            rows.add(String.join(
                    " ",
                    row.path("InstanceId").asText(),
                    row.path("PreviousStatus").asText(),
                    row.path("CurrentStatus").asText(),
                    row.path("Code").asText(),
                    row.path("Message").asText()));
        }
        return rows;
    }

    @Test
    void alwaysPassADryRunWhereSuccessComesFirst() {
        var dry = batch("StopInstances", List.of(FOREIGN), "BatchOptimization", "SuccessFirst", "DryRun", "true");
        assertThat(dry.check(view)).contains(no(ErrorCode.DRYRUN_SUCCESS));
    }

    @Test
    void areReleasedTogetherWhateverElseIsSaid() {
        var batch = batch("DeleteInstances", List.of(INSTANCE, RUNNING), "BatchOptimization", "SuccessFirst");
        assertThat(batch.check(view)).contains(no(ErrorCode.INCORRECT_INSTANCE_STATUS));
    }

    private Batch release(String token, String... more) {
        var arguments = Stream.concat(Stream.of("ClientToken", token), Stream.of(more));
        return batch("DeleteInstances", List.of(INSTANCE, OTHER), arguments.toArray(String[]::new));
    }

    private void released(InstanceId id, Batch by) {
        var part = (InstanceChange) by.parts().stream()
                .filter(one -> ((ForInstance) one).instanceId().equals(id))
                .findFirst()
                .orElseThrow();
        var admission = part.admit(view.instance(id), Examples.conditions(Compatibility.Y2018));
        ((Admission.Decided) admission).events().forEach(event -> apply(id, event));
    }

    @Test
    void areReleasedOnceByOneToken() {
        released(INSTANCE, release("once"));
        // Cut short: the same call goes on with the other one.
        assertThat(release("once").check(view)).isEmpty();
        assertThat(((Batch) release("once").routed(view)).parts())
                .extracting(part -> ((ForInstance) part).instanceId())
                .containsExactly(OTHER);
        assertThat(release("once").parts().get(0).check(view)).contains(Outcome.success());

        released(OTHER, release("once"));
        var again = (Batch) release("once").routed(view);
        assertThat(release("once").check(view)).isEmpty();
        assertThat(again.parts()).isEmpty();
        assertThat(again.conclude(List.of())).isEqualTo(Outcome.success());
    }

    @Test
    void areNotReleasedTwiceByOtherTokensOrOtherwise() {
        released(INSTANCE, release("once"));
        assertThat(release("twice").check(view)).contains(no(ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND));
        assertThat(release("once", "Force", "true").check(view)).contains(no(ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH));
        assertThat(release("t".repeat(65)).check(view))
                .contains(no(ErrorCode.INVALID_CLIENT_TOKEN_VALUE_NOT_SUPPORTED));
    }

    @Test
    void rememberTheToken() {
        released(INSTANCE, release("once"));
        var tokens = view.everInstance(INSTANCE).tokens();
        assertThat(tokens).singleElement().satisfies(token -> {
            assertThat(token.action()).isEqualTo("DeleteInstances");
            assertThat(token.value()).isEqualTo("once");
            assertThat(token.at()).isEqualTo(NOW);
        });
        assertThat(ClientToken.find(tokens, "DeleteInstances", "once", NOW)).isPresent();
    }
}
