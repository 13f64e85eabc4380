package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Story;
import dev.moorage.journal.Engine;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Finding;
import dev.moorage.journal.Journal;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.journal.LevelDbStorage;
import dev.moorage.journal.Recorded;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the tools see of a data directory whose files are damaged. */
class DamagedDirectoryTest {
    private static final int IN_TABLE = 200;
    private static final int IN_LOG = 100;
    private static final Instant TIME = Instant.parse("2026-01-02T03:04:05Z");
    private static final Clock CLOCK = Clock.fixed(TIME, ZoneOffset.UTC);

    private final Path data;

    DamagedDirectoryTest(@TempDir Path data) {
        this.data = data;
    }

    /** What a tool that goes on hears. */
    private static final class Heard implements History.Reader {
        private final List<Long> events = new ArrayList<>();
        private final Map<Long, String> damaged = new TreeMap<>();

        @Override
        public void event(Recorded recorded, int bytes) {
            events.add(recorded.offset());
        }

        @Override
        public void damaged(long offset, JournalDamaged damage) {
            damaged.put(offset, String.valueOf(damage.getMessage()));
        }
    }

    @BeforeEach
    void write() throws IOException {
        write(0, IN_TABLE);
        write(IN_TABLE, IN_LOG);
    }

    private void write(int from, int count) throws IOException {
        var store = new EventStore(LevelDbStorage.open(data, Engine.JAVA, false));
        try (var journal = new Journal(store, CLOCK, recorded -> {})) {
            for (int i = from; i < from + count; i++) {
                var event = new DiskEvent.Attached(new Story("request " + i, "testid", "Test", TIME));
                journal.append(List.of(new Journal.Fact(new DiskId("d-" + i), 1, event)))
                        .join();
            }
        }
    }

    private Path file(String glob) throws IOException {
        try (var files = Files.newDirectoryStream(data.resolve("journal"), glob)) {
            return files.iterator().next();
        }
    }

    private static void damage(Path file, int at) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[at] ^= 4;
        Files.write(file, bytes);
    }

    private Map<String, Integer> contents() throws IOException {
        var contents = new TreeMap<String, Integer>();
        try (var files = Files.list(data.resolve("journal"))) {
            for (var file : files.toList()) {
                contents.put(file.getFileName().toString(), Arrays.hashCode(Files.readAllBytes(file)));
            }
        }
        return contents;
    }

    private List<String> findings() {
        var found = new ArrayList<Finding>();
        try (var history = DirectoryHistory.openDamaged(data)) {
            history.check(found::add);
        }
        return found.stream().map(Finding::text).toList();
    }

    private Heard heard() {
        var heard = new Heard();
        try (var history = DirectoryHistory.openDamaged(data)) {
            history.read(0, Long.MAX_VALUE, heard);
        }
        return heard;
    }

    @Test
    void aWholeJournalIsReadThroughItsFilesAlone() throws IOException {
        var before = contents();

        assertThat(findings()).isEmpty();
        assertThat(heard().events).hasSize(IN_TABLE + IN_LOG);
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aDamagedLogIsRefusedAndNamedAndTheRestIsRead() throws IOException {
        damage(file("*.log"), 5_000);
        var before = contents();

        assertThatThrownBy(() -> DirectoryHistory.open(data))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("with offset 2")
                .hasMessageContaining("Disk|d-2")
                .hasMessageContaining("journal verify")
                .hasMessageContaining("journal export --skip-damaged");
        var heard = heard();
        assertThat(heard.damaged).hasSize(1);
        assertThat(heard.events).hasSize(IN_TABLE + IN_LOG - 1).doesNotContainAnyElementsOf(heard.damaged.keySet());
        assertThat(findings()).anyMatch(text -> text.matches("\\d{6}\\.log is damaged at byte \\d+: .*"));
        assertThat(contents()).isEqualTo(before);
    }

    @Test
    void aDamagedBlockOfATableIsNamedWithWhatWasInIt() throws IOException {
        damage(file("*.sst"), 10_000);
        var before = contents();
        var heard = heard();

        assertThat(heard.damaged).hasSize(1);
        long first = heard.damaged.keySet().iterator().next();
        assertThat(heard.damaged.get(first))
                .startsWith("The records from offset " + first + " to ")
                .endsWith(" are gone");
        assertThat(heard.events).hasSizeBetween(IN_TABLE + IN_LOG - 50, IN_TABLE + IN_LOG - 2);
        assertThat(findings())
                .anyMatch(text -> text.matches("\\d{6}\\.sst is damaged at byte \\d+, in a block of \\d+ bytes, "
                        + "behind offset " + (first - 1) + ", before offset \\d+: its checksum is wrong"))
                .contains("The record at offset " + first + " is number 1 of Disk|d-" + first + ", and cannot be read");
        assertThat(contents()).isEqualTo(before);
        try (var history = DirectoryHistory.open(data)) {
            assertThatThrownBy(() -> history.read(0, Long.MAX_VALUE, (recorded, bytes) -> {}))
                    .isInstanceOf(JournalDamaged.class)
                    .hasMessageMatching(
                            "What stands from offset (" + (first - 1) + "|" + first + ") on cannot be read: .*");
        }
    }

    @Test
    void aMissingFileIsNamed() throws IOException {
        var table = file("*.sst");
        Files.delete(table);

        assertThatThrownBy(() -> DirectoryHistory.open(data))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("The file " + table.getFileName() + " is gone");
        assertThat(heard().events).hasSize(IN_LOG);
        assertThat(findings()).contains("The records from offset 0 to 199 are gone");
    }

    @Test
    void withoutItsManifestItIsReadFromWhatIsThere() throws IOException {
        Files.delete(file("CURRENT"));

        assertThatThrownBy(() -> DirectoryHistory.open(data))
                .isInstanceOf(BadInput.class)
                .hasMessageContaining("The file CURRENT is gone");
        assertThat(heard().events).hasSize(IN_TABLE + IN_LOG);
    }
}
