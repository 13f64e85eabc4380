package dev.moorage.fault;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.Arguments;
import dev.moorage.domain.DiskStatus;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchingTest {
    private static final Arguments ARGUMENTS = Arguments.of(Map.of("Force", "true"));

    private static boolean fits(String match, Subject subject) {
        return Matching.fits(
                Situations.rule("match { " + match + " }, effect.error = InternalError")
                        .match(),
                subject);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                                          | true
            actions = [DetachDisk]                      | true
            actions = [AttachDisk, DetachDisk]          | true
            actions = ["Detach*"]                       | true
            actions = ["*Disk"]                         | true
            actions = [AttachDisk]                      | false
            actions = ["Describe*"]                     | false
            accounts = [default]                        | true
            accounts = [other]                          | false
            callers = [testid]                          | true
            callers = [other]                           | false
            diskIds = [d-1]                             | true
            diskIds = [d-2]                             | false
            categories = [cloud_essd]                   | true
            categories = [cloud_ssd]                    | false
            statuses = [In_use]                         | true
            statuses = [Detaching]                      | false
            diskTag = team                              | true
            diskTag = "team=storage"                    | true
            diskTag = "team=other"                      | false
            diskTag = none                              | false
            instanceIds = [i-1]                         | true
            instanceIds = [i-2]                         | false
            instanceTag = pool                          | true
            instanceTag = "pool=b"                      | false
            instanceWithoutTag = spare                  | true
            instanceWithoutTag = pool                   | false
            instanceWithoutTag = "pool=b"               | true
            actions = [DetachDisk], diskIds = [d-2]     | false
            tag = team                                  | true
            tag = pool                                  | true
            tag = "team=other"                          | false
            arguments = ["Force=true"]                  | true
            arguments = ["Force=false"]                 | false
            arguments = ["Force=true", "Device=/dev/a"] | false
            attached = here                             | true
            attached = elsewhere                        | false
            """)
    void asksForAllThatIsWritten(String match, boolean fits) {
        var subject = new Subject(
                "DetachDisk",
                "default",
                "testid",
                Situations.disk("d-1", DiskStatus.IN_USE),
                Situations.instance(),
                ARGUMENTS);

        assertThat(fits(match, subject)).isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            diskIds = [d-1]                                 | false
            statuses = [In_use]                             | false
            diskTag = team                                  | false
            categories = [cloud_essd]                       | false
            instanceIds = [i-1]                             | false
            instanceWithoutTag = spare                      | false
            others = 1, otherStatuses = [Detaching]         | false
            tag = team                                      | false
            attached = here                                 | false
            attached = elsewhere                            | false
            actions = [DetachDisk], accounts = [default]    | true
            """)
    void whatIsNotThereIsNotMeant(String match, boolean fits) {
        assertThat(fits(match, new Subject("DetachDisk", "default", "testid", null, null, ARGUMENTS)))
                .isEqualTo(fits);
    }

    @ParameterizedTest
    @CsvSource({
        "DetachDisk, DetachDisk, true",
        "Detach*, DetachDisk, true",
        "*, DetachDisk, true",
        "*Disk, DetachDisk, true",
        "D*k, DetachDisk, true",
        "detachdisk, DetachDisk, false",
        "Detach, DetachDisk, false",
        "Detach.*, DetachDisk, false",
        "Detach?isk, DetachDisk, false",
    })
    void aStarIsAnyLettersAndNothingElseIs(String pattern, String name, boolean fits) {
        assertThat(Matching.glob(pattern, name)).isEqualTo(fits);
    }
}
