package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalStatsTest {
    private static final Status DETACHING = Status.of(DiskStatus.DETACHING);
    private static final Status AVAILABLE = Status.of(DiskStatus.AVAILABLE);

    @TempDir
    private Path directory;

    private JsonNode stats(String... words) {
        return WrittenHistory.in(directory).run(words).objects().get(0);
    }

    @Test
    void countsEventsAndBytesByName() {
        var stats = stats("stats", "--json");

        assertThat(stats.path("events").asInt()).isEqualTo(10);
        assertThat(stats.path("entities").asInt()).isEqualTo(3);
        long count = 0;
        long bytes = 0;
        for (var event : stats.path("byEvent")) {
            count += event.path("count").asLong();
            bytes += event.path("bytes").asLong();
            assertThat(event.path("meanBytes").asDouble())
                    .isEqualTo(
                            event.path("bytes").asDouble() / event.path("count").asDouble());
        }
        assertThat(count).isEqualTo(10);
        assertThat(bytes).isEqualTo(stats.path("bytes").asLong()).isPositive();
        assertThat(stats.at("/byEvent/0/event").asText()).isEqualTo("disk.provisioned");
        assertThat(stats.at("/byEvent/0/count").asInt()).isEqualTo(2);
    }

    @Test
    void saysWhenItBeganAndEndedInBothKindsOfTime() {
        var stats = stats("stats", "--json");

        assertThat(stats.path("first").toString())
                .isEqualTo("{\"offset\":0,\"at\":\"2026-11-23T14:00:00Z\",\"recordedAt\":\"2026-12-24T18:00:00Z\"}");
        assertThat(stats.path("last").toString())
                .isEqualTo("{\"offset\":9,\"at\":\"2026-11-23T14:30:00Z\",\"recordedAt\":\"2026-12-24T18:00:00Z\"}");
    }

    @Test
    void namesTheBusiest() {
        assertThat(stats("stats", "--json", "--top", "2").path("busiest").toString())
                .isEqualTo("[{\"id\":\"d-data\",\"kind\":\"disk\",\"events\":5},"
                        + "{\"id\":\"i-web\",\"kind\":\"instance\",\"events\":3}]");
    }

    @Test
    void measuresStaysInEachStatus() {
        var stays = stats("stats", "--json").path("stays");

        assertThat(stays)
                .extracting(stay -> stay.path("status").asText())
                .containsExactly("AVAILABLE", "ATTACHING", "IN_USE", "DETACHING", "RELEASED", "RUNNING");
        assertThat(stays.path(0).toString())
                .isEqualTo("{\"kind\":\"disk\",\"status\":\"AVAILABLE\",\"count\":2,\"open\":1,"
                        + "\"totalMillis\":2400000,\"p50Millis\":600000,\"p90Millis\":1800000,"
                        + "\"p99Millis\":1800000,\"maxMillis\":1800000}");
        assertThat(stays.path(3).path("p50Millis").asLong()).isEqualTo(60_000);
        assertThat(stays.path(4).toString())
                .isEqualTo("{\"kind\":\"disk\",\"status\":\"RELEASED\",\"count\":0,\"open\":1}");
    }

    @Test
    void tellsPeopleTheSame() {
        assertThat(WrittenHistory.in(directory).run("stats").lines())
                .contains(
                        "first at offset 0, 2026-11-23T14:00:00.000Z simulated, recorded 2026-12-24T18:00:00.000Z",
                        "disk Detaching                  1       0      60.0 s    60.0 s    60.0 s    60.0 s    60.0 s",
                        "disk Released                   0       1           -         -         -         -         -");
    }

    @Test
    void hasNothingToSayOfAnEmptyJournal() {
        var stats = WrittenHistory.emptyIn(directory)
                .run("stats", "--json")
                .objects()
                .get(0);

        assertThat(stats.toString())
                .isEqualTo("{\"events\":0,\"bytes\":0,\"entities\":0,\"byEvent\":[],\"busiest\":[],\"stays\":[]}");
    }

    @Test
    void givesPercentilesToFourDigitsAndTheMaximumExactly() {
        var stays = new Stays();
        var at = Instant.EPOCH;
        for (int i = 1; i <= 100; i++) {
            var id = new DiskId("d-" + i);
            stays.tell(id, DETACHING, at);
            stays.tell(id, DETACHING, at.plusMillis(5));
            stays.tell(id, AVAILABLE, at.plusMillis(i * 123_457L));
        }

        var detaching = stays.summaries().get(1);

        assertThat(detaching.status()).isEqualTo(DETACHING);
        assertThat(detaching.count()).isEqualTo(100);
        assertThat(detaching.open()).isZero();
        assertThat(detaching.totalMillis()).isEqualTo(5_050 * 123_457L);
        assertThat(detaching.maxMillis()).isEqualTo(12_345_700);
        assertThat((double) detaching.p50Millis()).isCloseTo(50 * 123_457.0, within(50 * 12.4));
        assertThat((double) detaching.p99Millis()).isCloseTo(99 * 123_457.0, within(99 * 12.4));
    }

    @Test
    void takesAClockThatWasSetBackForNoTimeAtAll() {
        var stays = new Stays();
        var disk = new DiskId("d-1");
        stays.tell(disk, DETACHING, Instant.EPOCH);
        stays.tell(disk, AVAILABLE, Instant.EPOCH.minusSeconds(3));

        assertThat(stays.summaries().get(1).maxMillis()).isZero();
    }
}
