package dev.moorage.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import com.typesafe.config.ConfigFactory;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Story;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Persistent actors in a process of their own, which is killed while they write. {@code -Dmoorage.kills=200} kills more of
 * them, half with each engine.
 */
@Timeout(3_600)
class KillTest {
    private static final int KILLS = Integer.getInteger("moorage.kills", 6) / 2;
    private static final int KILLS_OF_ONE_JOURNAL = 5;
    private static final int WRITERS = 2_000;
    private static final int MOST_ACKNOWLEDGED = 12_000;
    private static final int OPENING = -1;

    private final Path directory;
    private final int[] acknowledged = new int[WRITERS];

    KillTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** The process that is killed: each actor writes again as soon as it hears that it has written. */
    static final class Writers {
        private static final DataOutputStream ACKNOWLEDGED =
                new DataOutputStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 4_096));

        private enum Go {
            GO
        }

        /** Its state is how many events it has written. */
        private static final class Writer extends EventSourcedBehavior<Go, DiskEvent, Integer> {
            private final int number;

            private Writer(int number) {
                super(PersistenceId.of(DiskId.KIND, "d-" + number));
                this.number = number;
            }

            @Override
            public Integer emptyState() {
                return 0;
            }

            @Override
            public CommandHandler<Go, DiskEvent, Integer> commandHandler() {
                return (written, go) -> Effect()
                        .persist(event(number, written + 1))
                        .thenRun(now -> {
                            report(number, now);
                            go(number);
                        });
            }

            @Override
            public EventHandler<Integer, DiskEvent> eventHandler() {
                return (written, event) -> written + 1;
            }
        }

        private static final ActorRef<?>[] ACTORS = new ActorRef<?>[WRITERS];

        private Writers() {}

        private static DiskEvent event(int number, int sequenceNr) {
            return new DiskEvent.Attached(
                    new Story("request " + number + " " + sequenceNr, "testid", "Test", Instant.EPOCH));
        }

        private static synchronized void report(int number, int sequenceNr) {
            try {
                ACKNOWLEDGED.writeInt(number);
                ACKNOWLEDGED.writeInt(sequenceNr);
                if (number < 0) ACKNOWLEDGED.flush();
            } catch (IOException e) {
                // Nobody listens any more.
                Runtime.getRuntime().halt(1);
            }
        }

        @SuppressWarnings("unchecked")
        private static void go(int number) {
            ((ActorRef<Go>) ACTORS[number]).tell(Go.GO);
        }

        private static Behavior<Void> all() {
            return Behaviors.setup(context -> {
                for (int i = 0; i < WRITERS; i++) ACTORS[i] = context.spawn(new Writer(i), "writer-" + i);
                for (int i = 0; i < WRITERS; i++) go(i);
                return Behaviors.empty();
            });
        }

        public static void main(String[] arguments) {
            // What others say is not to stand among what is reported.
            System.setOut(System.err);
            report(OPENING, 0);
            var config = ConfigFactory.parseString(
                            "moorage { data = \"" + arguments[0] + "\", journal.engine = " + arguments[1] + " }")
                    .withFallback(ConfigFactory.load("server"))
                    .resolve();
            try {
                OpenJournal.of(Adapter.toClassic(ActorSystem.create(all(), "writers", config)));
            } catch (RuntimeException e) {
                e.printStackTrace();
                Runtime.getRuntime().halt(1);
            }
        }
    }

    private Process start(Path data, Engine engine) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writers.class.getName(),
                        data.toString(),
                        engine.name())
                .redirectError(directory.resolve("errors").toFile())
                .start();
    }

    @ParameterizedTest
    @EnumSource(names = {"JNI", "JAVA"})
    void whatWasAcknowledgedIsThereAndNothingTwice(Engine engine) throws Exception {
        long seed = Long.getLong("moorage.seed", System.nanoTime());
        var random = new Random(seed);
        for (int kill = 0; kill < KILLS; kill++) {
            Path data = directory.resolve("data-" + kill / KILLS_OF_ONE_JOURNAL);
            if (kill % KILLS_OF_ONE_JOURNAL == 0) Arrays.fill(acknowledged, 0);
            String where = "kill " + kill + ", engine " + engine + ", seed " + seed;
            // Some are killed before they have begun, or while they are reading what the one before left.
            int enough = random.nextInt(6) == 0 ? 0 : 1 + random.nextInt(MOST_ACKNOWLEDGED);
            writeUntilKilled(data, engine, enough, where);
            var files = LevelDbFiles.open(data);
            assertThat(files.findings()).as(where).noneMatch(Finding::isDamage);
            var left = read(new EventStore(files), where);
            // Every other time the next process itself meets what this one left.
            if (random.nextBoolean()) {
                assertThat(read(new EventStore(LevelDbStorage.open(data, engine, true)), where))
                        .as("what the engine reads, %s", where)
                        .isEqualTo(left);
            }
            if (kill % KILLS_OF_ONE_JOURNAL == KILLS_OF_ONE_JOURNAL - 1) delete(data);
        }
    }

    private void writeUntilKilled(Path data, Engine engine, int enough, String where) throws Exception {
        var process = start(data, engine);
        int count = 0;
        try (var reports = new DataInputStream(new BufferedInputStream(process.getInputStream()))) {
            while (true) {
                int number = reports.readInt();
                int sequenceNr = reports.readInt();
                if (number != OPENING) {
                    if (sequenceNr <= acknowledged[number]) fail("%s again of %s, %s", sequenceNr, number, where);
                    acknowledged[number] = sequenceNr;
                }
                // Unlike the process itself its handle leaves what was reported to be read.
                if (count++ == enough) process.toHandle().destroyForcibly();
            }
        } catch (EOFException e) {
            assertThat(count).as(() -> where + ": " + errors()).isGreaterThan(enough);
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    private String errors() {
        try {
            return Files.readString(directory.resolve("errors"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads all events, which are sound; returns how many each writer has. */
    private Map<String, Long> read(EventStore store, String where) {
        Map<String, Long> written = new HashMap<>();
        try (store) {
            // It throws where an offset is not there.
            store.read(0, Long.MAX_VALUE, (offset, value) -> {
                var recorded = EventCodec.decode(offset, value);
                long before = written.getOrDefault(recorded.persistenceId(), 0L);
                String request = "request " + recorded.entity().value().substring(2) + " " + (before + 1);
                if (recorded.sequenceNr() != before + 1
                        || !recorded.event().story().requestId().equals(request)) {
                    fail("%s instead of %s, %s", recorded, request, where);
                }
                written.put(recorded.persistenceId(), before + 1);
            });
            var problems = new ArrayList<Finding>();
            store.check(problems::add);
            assertThat(problems).as(where).isEmpty();
        }
        for (int i = 0; i < WRITERS; i++) {
            long events = written.getOrDefault("Disk|d-" + i, 0L);
            if (events < acknowledged[i]) fail("%s of %s are left of d-%s, %s", events, acknowledged[i], i, where);
        }
        return written;
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all;
        try (var files = Files.walk(directory)) {
            all = files.sorted(Comparator.reverseOrder()).toList();
        }
        for (var file : all) Files.delete(file);
    }
}
