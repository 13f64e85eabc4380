package dev.moorage.replay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.EventName;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.Story;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.Recorded;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JournalEventsTest {
    @TempDir
    private Path directory;

    private WrittenHistory history;

    @BeforeEach
    void write() {
        history = WrittenHistory.in(directory);
    }

    @ParameterizedTest
    @CsvSource({
        "'',                                       0 1 2 3 4 5 6 7 8 9",
        "d-spare,                                  2 9",
        "i-web d-data,                             0 1 3 4 5 6 7 8",
        "--event disk.detaching,                   6",
        "--event disk.detached --event disk.released, 7 9",
        "--since 8,                                8 9",
        "--since 14:10:00 --until 14:10:02,        3 4 5",
        "--since 2026-11-23T14:20:30Z,             7 8 9",
        "--since 23:00,                            ''",
        "--until 2,                                0 1 2",
        "--until 2026-11-23T14:00:00,              0 1 2",
        "--since 22222222-BBBB-4000-8000-000000000002 --until 22222222-BBBB, 6 7 8",
        "--request 11111111-aaaa-4000-8000-000000000001, 3 4 5",
        "--request 11111111 d-data,                4 5",
        "--limit 2,                                0 1",
        "--limit 2 d-data,                         1 4",
        "--limit 0,                                ''",
        "--last 2,                                 8 9",
        "--last 2 d-data --until 5,                4 5",
    })
    void picksByWhatIsAskedFor(String options, String offsets) {
        var words = new ArrayList<>(List.of("events", "--json"));
        if (!options.isEmpty()) words.addAll(List.of(options.split(" ")));

        var answer = history.run(words.toArray(String[]::new));

        assertThat(answer.err()).isEmpty();
        assertThat(answer.objects().stream()
                        .map(event -> event.path("offset").asText())
                        .collect(Collectors.joining(" ")))
                .isEqualTo(offsets);
    }

    @Test
    void tellsPeopleWhatHappened() {
        assertThat(history.run("events", "d-data", "i-web", "--since", "3").out())
                .isEqualTo("""
                2026-11-23
                     3  14:10:00.000  i-web         instance.slot-reserved  /dev/xvdb for d-data    11111111-AAAA  AttachDisk
                     4  14:10:00.000  d-data        disk.attaching  i-web /dev/xvdb, due 14:10:02.000  11111111-AAAA  AttachDisk
                     5  14:10:02.000  d-data        disk.attached                                   11111111-AAAA  disk.attaching
                     6  14:20:00.000  d-data        disk.detaching  due 14:21:00.000                22222222-BBBB  DetachDisk
                     7  14:21:00.000  d-data        disk.detached                                   22222222-BBBB  disk.detaching
                     8  14:21:00.000  i-web         instance.slot-freed  of d-data                  22222222-BBBB  disk.detached
                """);
    }

    @Test
    void saysTheDayOfAnEndThatIsOnAnother() {
        var story = new Story("r-1", "testid", "DetachDisk", WrittenHistory.at("23:59:30"));
        history.append(
                WrittenHistory.DATA,
                new DiskEvent.Detaching(story, false, story.at().plusSeconds(60)));

        assertThat(history.run("events", "--last", "1").out()).contains("due 2026-11-24T00:00:30.000Z", "  r-1  ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --event disk.lost  | There is no event disk.lost: there are disk.provisioned, disk.creating,
            d-9                | There is no d-9 in the journal at
            web                | An id begins with d- (a disk) or i- (an instance), not web
            s-1                | s-1 is a snapshot: what happens to it stands in the history of the disk that it is of
            --since tomorrow   | a point is an offset (1234), a time in UTC
            --limit 1 --last 1 | mutually exclusive
            --limit=-1         | a whole number was expected, not -1
            --follow           | --follow needs a running server (--from http://HOST:PORT): nothing is being added to
            """)
    void saysWhatIsWrong(String options, String sentence) {
        var answer = history.run(("events " + options).split(" "));

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err()).contains(sentence);
    }

    @Test
    void saysThatNoEventIsLikeThat() {
        assertThat(history.run("events", "--request", "nobody").lines())
                .containsExactly("No event in the journal is like that.");
    }

    @Test
    void hasTheNamesOfAllEvents() {
        var named = new HashSet<String>();
        for (var root : Event.class.getPermittedSubclasses()) {
            for (var type : root.getPermittedSubclasses()) {
                named.add(EventName.of(type.asSubclass(Event.class)));
            }
        }
        assertThat(EventName.all()).containsExactlyInAnyOrderElementsOf(named);
    }

    /** The directory, read anew each time, as a server's journal would be. */
    private final class Growing implements History {
        @Override
        public void rows(long fromOffset, long toOffset, EventStore.Reader reader) {
            try (var now = DirectoryHistory.open(directory)) {
                now.rows(fromOffset, toOffset, reader);
            }
        }

        @Override
        public void rowsOf(EntityId entity, EventStore.Reader reader) {
            throw new AssertionError("What is still to come is in no index");
        }

        @Override
        public String description() {
            return "growing";
        }

        @Override
        public boolean isLive() {
            return true;
        }

        @Override
        public void close() {}
    }

    @Test
    void followsWhatComes() {
        var selection = new Selection(Set.of(WrittenHistory.DATA), Set.of(), null, 6, Long.MAX_VALUE);
        var heard = new ArrayList<Long>();
        var pauses = new ArrayList<Integer>();

        selection.follow(
                new Growing(),
                recorded -> {
                    heard.add(recorded.offset());
                    return heard.size() < 4;
                },
                () -> {
                    pauses.add(heard.size());
                    history.append(WrittenHistory.WEB, started());
                    history.append(WrittenHistory.DATA, released());
                    return true;
                });

        assertThat(heard).containsExactly(6L, 7L, 11L, 13L);
        assertThat(pauses).containsExactly(2, 3);
    }

    @Test
    void stopsFollowingWhenItIsTold() {
        var selection = new Selection(Set.of(), Set.of("disk.released"), null, 0, Long.MAX_VALUE);
        var heard = new ArrayList<Recorded>();

        selection.follow(new Growing(), heard::add, () -> false);

        assertThat(heard).extracting(Recorded::offset).containsExactly(9L);
    }

    private static Event started() {
        return new InstanceEvent.Started(story());
    }

    private static DiskEvent released() {
        return new DiskEvent.Released(story());
    }

    private static Story story() {
        return new Story("r-1", "testid", "Test", WrittenHistory.at("15:00:00"));
    }

    @Test
    void printsWhatTheJournalHoldsAsJson() {
        JsonNode event =
                history.run("events", "--last", "1", "--json").objects().get(0);

        assertThat(event.path("id").asText()).isEqualTo("Disk|d-spare");
        assertThat(event.path("type").asText()).isEqualTo("disk.released");
        assertThat(event.at("/event/story/requestId").asText()).isEqualTo(WrittenHistory.DELETE);
    }
}
