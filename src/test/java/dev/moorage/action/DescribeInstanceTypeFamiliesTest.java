package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.World;
import java.util.List;
import org.junit.jupiter.api.Test;

class DescribeInstanceTypeFamiliesTest {
    private static Outcome ask(String... arguments) {
        return ((Query) Examples.verb("DescribeInstanceTypeFamilies", arguments)).answer(new World().of("nobody"), Examples.NOW);
    }

    private static List<String> families(String... arguments) {
        return ((Outcome.Success) ask(arguments)).body().findValuesAsText("InstanceTypeFamilyId");
    }

    @Test
    void listsAllFamiliesOrThoseOfAGeneration() {
        assertThat(families("RegionId", "cn-hangzhou")).hasSize(InstanceTypes.FAMILIES.size());
        assertThat(families("RegionId", "cn-hangzhou", "Generation", "ecs-4"))
                .containsExactly("ecs.t5", "ecs.g5", "ecs.c5", "ecs.r5");
        assertThat(families("RegionId", "cn-hangzhou", "Generation", "ecs-99")).isEmpty();
    }

    @Test
    void refusesWhatIsNoRegion() {
        assertThat(((Rejection) ask("RegionId", "mars-1")).code()).isEqualTo(ErrorCode.INVALID_REGION_ID_NOT_FOUND);
    }
}
