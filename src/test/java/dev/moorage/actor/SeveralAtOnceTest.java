package dev.moorage.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One call to several instances. */
@Timeout(60)
class SeveralAtOnceTest {
    private final Cloud cloud = new Cloud(new Random(3));
    private final List<String> ids = new ArrayList<>();

    @BeforeEach
    void runTwo() {
        var made = (Outcome.Success) cloud.call(
                "RunInstances",
                "RegionId",
                Cloud.REGION,
                "ImageId",
                "m-1",
                "InstanceType",
                "ecs.g5.large",
                "Amount",
                "2");
        made.body().at("/InstanceIdSets/InstanceIdSet").forEach(id -> ids.add(id.asText()));
        cloud.settle();
    }

    @AfterEach
    void close() {
        cloud.close();
    }

    private Outcome call(String action, List<String> instances, String... more) {
        var arguments = new ArrayList<>(List.of("RegionId", Cloud.REGION));
        for (int i = 0; i < instances.size(); i++) arguments.addAll(List.of("InstanceId." + (i + 1), instances.get(i)));
        arguments.addAll(List.of(more));
        return cloud.call(action, arguments.toArray(String[]::new));
    }

    private List<InstanceStatus> statuses() {
        return ids.stream()
                .map(id -> Objects.requireNonNull(cloud.world().instance(new InstanceId(id)))
                        .status())
                .toList();
    }

    private static List<String> codes(Outcome outcome) {
        var codes = new ArrayList<String>();
        for (var row : ((Outcome.Success) outcome).body().at("/InstanceResponses/InstanceResponse")) {
            codes.add(row.path("Code").asText());
        }
        return codes;
    }

    @Test
    void allOfThemStopAndRebootAndStart() {
        assertThat(codes(call("StopInstances", ids))).containsExactly("200", "200");
        assertThat(statuses()).containsOnly(InstanceStatus.STOPPING);
        cloud.settle();
        assertThat(codes(call("StartInstances", ids))).containsExactly("200", "200");
        cloud.settle();
        assertThat(codes(call("RebootInstances", ids))).containsExactly("200", "200");
        assertThat(statuses()).containsOnly(InstanceStatus.STARTING);
    }

    @Test
    void noneOfThemStopsIfOneCannot() {
        assertThat(Cloud.code(cloud.call("StopInstance", "InstanceId", ids.get(0))))
                .isEqualTo("OK");
        cloud.settle();

        assertThat(Cloud.code(call("StopInstances", ids))).isEqualTo("IncorrectInstanceStatus");
        assertThat(statuses()).containsExactly(InstanceStatus.STOPPED, InstanceStatus.RUNNING);

        assertThat(codes(call("StopInstances", ids, "BatchOptimization", "SuccessFirst")))
                .containsExactly("IncorrectInstanceStatus", "200");
        assertThat(statuses()).containsExactly(InstanceStatus.STOPPED, InstanceStatus.STOPPING);
    }

    @Test
    void thoseThatAreNotThereAreAnsweredForTheirPart() {
        var withOthers = List.of("i-nobody", ids.get(0), "i-none");
        assertThat(codes(call("StopInstances", withOthers, "BatchOptimization", "SuccessFirst")))
                .containsExactly("InvalidInstanceId.NotFound", "200", "InvalidInstanceId.NotFound");
        assertThat(codes(call("StopInstances", List.of("i-nobody"), "BatchOptimization", "SuccessFirst")))
                .containsExactly("InvalidInstanceId.NotFound");
    }

    @Test
    void theyAreReleasedOnceByOneToken() {
        String[] more = {"Force", "true", "ClientToken", "once"};
        assertThat(Cloud.code(call("DeleteInstances", ids, more))).isEqualTo("OK");
        assertThat(statuses()).containsOnly(InstanceStatus.RELEASED);
        cloud.settle();
        int facts = cloud.history().size();

        assertThat(Cloud.code(call("DeleteInstances", ids, more))).isEqualTo("OK");
        assertThat(Cloud.code(call("DeleteInstances", ids, "Force", "true"))).isEqualTo("InvalidInstanceId.NotFound");
        assertThat(cloud.history()).hasSize(facts);
    }
}
