package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.action.Actions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NoSuchActionTest {
    private static final String VENDORS = "Specified api is not found, please check your url and method.";

    private final NoSuchAction noSuchAction = new NoSuchAction(Actions.specs().values());

    private String message(String version, String action) {
        var failure = noSuchAction.failure(
                RpcRequest.read("GET", "Version=" + version + "&Action=" + action, Map.of(), List.of(), new byte[0]));
        assertThat(failure.status()).isEqualTo(404);
        assertThat(failure.code()).isEqualTo("InvalidAction.NotFound");
        assertThat(failure.message()).startsWith(VENDORS);
        return failure.message().substring(VENDORS.length());
    }

    @ParameterizedTest
    @CsvSource({
        "2014-05-26, DetatchDisk, DetachDisk",
        "2014-05-26, DetachDisks, DetachDisk",
        "2014-05-26, detachdisk, DetachDisk",
        "2014-05-26, DetachDsk, DetachDisk",
        "2014-05-26, DtachDisk, DetachDisk",
        "2014-05-26, AtachDisk, AttachDisk",
        "'', DetatchDisk, DetachDisk",
        "2015-04-01, GetCalleridentitty, GetCallerIdentity",
    })
    void namesWhatIsNear(String version, String sent, String near) {
        assertThat(message(version, sent)).isEqualTo(" Did you mean " + near + "?");
    }

    @ParameterizedTest
    @CsvSource({
        "2014-05-26, Nonsense",
        "2014-05-26, DetachDiskkkk",
        "2014-05-26, getcalleridentity",
        "2014-05-26, describelaunchtemplates",
        "2015-04-01, DetatchDisk",
        "2015-04-01, AssumeRole",
        "2015-04-01, DescribeLaunchTemplates",
        "2016-04-28, DescribeLaunchTemplates",
    })
    void saysNoMoreWhereItKnowsNoMore(String version, String sent) {
        assertThat(message(version, sent)).isEmpty();
    }

    @Test
    void doesNotLookForWhatIsNearALongName() {
        assertThat(message("2014-05-26", "DetachDisk".repeat(1_000))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"2014-05-26", "''"})
    void saysWhatEcsHas(String version) {
        assertThat(message(version, "DescribeLaunchTemplates"))
                .isEqualTo(" ECS has DescribeLaunchTemplates, but Moorage does not.");
    }

    @Test
    void knowsEveryActionOfEcsThatMoorageHas() {
        assertThat(EcsActions.names())
                .isNotEmpty()
                .containsAll(Actions.specs().values().stream()
                        .filter(action -> action.version().equals(ActionSpec.ECS))
                        .map(ActionSpec::action)
                        .toList());
    }

    /** Clients search whole answers for codes, and try again for minutes on some. */
    @Test
    void neverNamesACode() {
        var codes = new TreeSet<String>();
        for (var code : ErrorCode.values()) codes.add(code.wire());
        for (var action : Actions.specs().values()) action.errors().forEach(error -> codes.add(error.code()));
        codes.addAll(Arrays.asList("OperationConflict", "Throttling", "ServiceUnavailable", "UnknownError"));

        for (var name : EcsActions.names()) {
            assertThat(codes).noneMatch(message("2014-05-26", name)::contains);
        }
    }
}
