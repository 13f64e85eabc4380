package dev.moorage.coverage;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.action.Actions;
import dev.moorage.contract.ActionSpec;
import dev.moorage.contract.ErrorSpec;
import dev.moorage.contract.ParameterSpec;
import dev.moorage.contract.ParameterSpec.Type;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CoverageTest {
    private static final Path PAGE = Path.of("src/site/markdown/coverage.md");
    /** What {@code scripts/coverage} sets. */
    private static final boolean WRITE = Boolean.getBoolean("moorage.coverage.write");

    @TempDir
    private Path directory;

    @Test
    void thePageIsAsTheContractsAndTheChecksAre() throws IOException {
        var checks = Checks.of(Path.of("src/test/java"), Path.of("scripts/clients"));
        String page = CoveragePage.of(Actions.specs().values(), checks);
        if (WRITE) Files.writeString(PAGE, page);
        // Not isEqualTo: nobody wants to read both.
        assertThat(Files.readString(PAGE).equals(page))
                .as("%s is stale: run scripts/coverage", PAGE)
                .isTrue();
    }

    @Test
    void saysWhatAnActionHas() throws IOException {
        put("tests/a/DetachingTest.java", "call(\"DetachDisk\")");
        put("tests/a/SdkTest.java", "client.detachDisk(new DetachDiskRequest())");
        put("tests/a/DetachDiskTest.java", "call()");
        put("tests/a/UrlTest.java", "get(\"/?Action=DetachDisk&DiskId=d-1\")");
        put("tests/a/TalkTest.java", "// Unlike DetachDisk it does not wait.");
        put("tests/a/OtherTest.java", "call(\"DetachDisks\")");
        put("tests/a/Helper.java", "call(\"DetachDisk\")");
        put("clients/terraform/calls.txt", "AttachDisk\nDetachDisk\n");
        put("clients/cli/calls.txt", "AttachDisk\n");
        var action = new ActionSpec(
                "DetachDisk",
                ActionSpec.ECS,
                "Takes it off.",
                "As they come.",
                List.of(
                        new ParameterSpec("DiskId", Type.String, true, null, null),
                        new ParameterSpec("Flag", Type.Boolean, false, null, "heeded at times"),
                        new ParameterSpec("Colour", Type.String, false, null, "accepted, without effect: all is grey"),
                        new ParameterSpec("Shade", Type.String, false, null, "accepted, without effect: all is grey"),
                        new ParameterSpec("Smell", Type.String, false, null, "accepted, without effect")),
                List.of(),
                List.of(
                        new ErrorSpec(403, "IncorrectDiskStatus", "No.", null, null),
                        new ErrorSpec(400, "NoColour", "No.", null, "nobody looks"),
                        new ErrorSpec(400, "NoShade", "No.", null, "nobody looks")));

        String page =
                CoveragePage.of(List.of(action), Checks.of(directory.resolve("tests"), directory.resolve("clients")));

        assertThat(page)
                .contains("Moorage has 1 of the ")
                .contains("| [DetachDisk](#detachdisk) | 2 | 3 | 1 | 2 | 4 | terraform |")
                .contains("- *emulated*: `DiskId` (required), `Flag` (heeded at times)\n")
                .contains("- *accepted*:\n  - `Colour`, `Shade`: all is grey\n  - `Smell`\n")
                .contains("- *given*: 403 `IncorrectDiskStatus`\n")
                .contains("- *never*:\n  - `NoColour`, `NoShade`: nobody looks\n")
                .contains("- *tests*: `DetachDiskTest`, `DetachingTest`, `SdkTest`, `UrlTest`\n")
                .contains("- *clients*: terraform\n")
                .contains(", AttachClassicLinkVpc, AttachDisk, ");
    }

    private void put(String name, String content) throws IOException {
        var file = directory.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, content);
    }
}
