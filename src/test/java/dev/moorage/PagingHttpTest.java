package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages through many disks while some come and others go; {@code -Dmoorage.disks=100000} for many more. */
class PagingHttpTest {
    private static final int DISKS = Integer.getInteger("moorage.disks", 2_000);
    private static final int DISKS_PER_INSTANCE = 10;

    @TempDir
    Path directory;

    private Path fleet = Path.of("");

    @BeforeEach
    void writeFleet() throws IOException {
        fleet = directory.resolve("many.conf");
        int instances = DISKS / DISKS_PER_INSTANCE;
        Files.writeString(
                fleet, "generate = { instances = " + instances + ", disksPerInstance = " + DISKS_PER_INSTANCE + " }");
    }

    private RunningServer start() {
        return RunningServer.start("moorage.fleets = [ \"" + fleet + "\" ]");
    }

    private static JsonNode page(RunningServer server, String... more) {
        var arguments = new ArrayList<>(List.of("RegionId", "cn-hangzhou"));
        arguments.addAll(List.of(more));
        return server.json("DescribeDisks", arguments.toArray(String[]::new));
    }

    private static List<String> ids(JsonNode page) {
        return page.at("/Disks/Disk").findValuesAsText("DiskId");
    }

    private static String create(RunningServer server) {
        var answer = server.json("CreateDisk", "RegionId", "cn-hangzhou", "ZoneId", "cn-hangzhou-b", "Size", "100");
        return Objects.requireNonNull(answer.get("DiskId").textValue());
    }

    private static void release(RunningServer server, String instance) {
        assertThat(server.json("DeleteInstance", "InstanceId", instance, "Force", "true")
                        .has("Code"))
                .isFalse();
    }

    @Test
    void byTokenNothingComesTwiceAndNothingThatStaysIsMissing() {
        try (var server = start()) {
            var stay = new HashSet<String>();
            var seen = new ArrayList<String>();
            String token = "";
            do {
                var page = token.isEmpty()
                        ? page(server, "MaxResults", "100")
                        : page(server, "MaxResults", "100", "NextToken", token);
                seen.addAll(ids(page));
                token = page.get("NextToken").asText();
                if (seen.size() < DISKS / 2) stay.add(create(server));
            } while (!token.isEmpty());

            assertThat(seen).doesNotHaveDuplicates().containsAll(stay);
            assertThat(seen).hasSize(DISKS + stay.size());
        }
    }

    @Test
    void byNumberNothingComesTwiceAndNothingIsMissing() {
        try (var server = start()) {
            var seen = new ArrayList<String>();
            int pages = (DISKS + 99) / 100;
            for (int number = 1; number <= pages; number++) {
                var page = page(server, "PageNumber", String.valueOf(number), "PageSize", "100");
                assertThat(page.get("TotalCount").intValue()).isGreaterThanOrEqualTo(DISKS);
                seen.addAll(ids(page));
                create(server);
            }
            assertThat(new HashSet<>(seen)).hasSize(seen.size()).hasSize(DISKS);
        }
    }

    @Test
    void whatGoesMeanwhileTakesNothingElseAlong() {
        try (var server = start()) {
            var first = page(server, "MaxResults", "100");
            var disk = first.at("/Disks/Disk/0");
            release(server, disk.get("InstanceId").asText());
            var seen = new ArrayList<>(ids(first));
            String token = first.get("NextToken").asText();
            while (!token.isEmpty()) {
                var page = page(server, "MaxResults", "500", "NextToken", token);
                seen.addAll(ids(page));
                token = page.get("NextToken").asText();
            }
            assertThat(seen).doesNotHaveDuplicates().hasSize(DISKS);
        }
    }
}
