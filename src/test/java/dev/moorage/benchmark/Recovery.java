package dev.moorage.benchmark;

import static java.nio.charset.StandardCharsets.UTF_8;

import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.persistence.typed.PersistenceId;
import akka.persistence.typed.RecoveryCompleted;
import akka.persistence.typed.RecoveryFailed;
import akka.persistence.typed.javadsl.CommandHandler;
import akka.persistence.typed.javadsl.EventHandler;
import akka.persistence.typed.javadsl.EventSourcedBehavior;
import akka.persistence.typed.javadsl.SignalHandler;
import dev.moorage.domain.DiskEvent;
import dev.moorage.journal.EventCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToIntFunction;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.Options;

/** Disks that wake, all at once, and sleep again. */
final class Recovery {
    private static final int PATIENCE_MINUTES = 5;

    private Recovery() {}

    /** Each disk writes its history; the directory is compacted at the end. */
    record Writing(Backend backend, Path directory, int disks) implements Measurement {
        @Override
        public Map<String, Double> measure() throws Exception {
            wakeAll(backend, directory, disks, 0);
            long closed = size(directory);
            compact();
            double events = (double) disks * Samples.EVENTS_PER_DISK;
            return Map.of(
                    "jsonBytesPerEvent",
                    meanBytes(event -> EventCodec.tree(event).toString().getBytes(UTF_8).length),
                    "recordBytesPerEvent",
                    meanBytes(event -> EventCodec.encode(Samples.disk(0), 1, Samples.recordedAt(event), event).length),
                    "closedBytesPerEvent",
                    closed / events,
                    "compactedBytesPerEvent",
                    size(directory) / events);
        }

        private static double meanBytes(ToIntFunction<DiskEvent> bytes) {
            return Samples.history(0).stream().mapToInt(bytes).average().orElseThrow();
        }

        private void compact() throws IOException {
            // As the plugin has it: the stock one leaves the default.
            var options = new Options()
                    .compressionType(backend == Backend.OURS ? CompressionType.NONE : CompressionType.SNAPPY);
            try (var db = JniDBFactory.factory.open(Backend.journalIn(directory).toFile(), options)) {
                db.compactRange(null, null);
            }
        }

        private static long size(Path directory) throws IOException {
            try (var files = Files.walk(directory)) {
                return files.filter(Files::isRegularFile)
                        .mapToLong(file -> file.toFile().length())
                        .sum();
            }
        }
    }

    /** Each disk reads its history. */
    record Reading(Backend backend, Path directory, int disks) implements Measurement {
        @Override
        public Map<String, Double> measure() throws Exception {
            double seconds = wakeAll(backend, directory, disks, Samples.EVENTS_PER_DISK);
            return Map.of("seconds", seconds, "disksPerSecond", disks / seconds);
        }
    }

    private enum Command {
        WAKE,
        WRITE,
        SLEEP
    }

    /** Until the last of them sleeps again, in seconds. */
    private static double wakeAll(Backend backend, Path directory, int disks, long expectedEvents) throws Exception {
        var crowd = new Crowd(disks, expectedEvents);
        try (var running = backend.start(directory, Behaviors.<Command>setup(context -> everybody(context, crowd)))) {
            long start = System.nanoTime();
            running.system().tell(Command.WAKE);
            crowd.done.get(PATIENCE_MINUTES, TimeUnit.MINUTES);
            return Measurement.secondsSince(start);
        }
    }

    private static Behavior<Command> everybody(ActorContext<Command> context, Crowd crowd) {
        return Behaviors.receiveMessage(wake -> {
            for (int i = 0; i < crowd.disks; i++) {
                int number = i;
                context.spawnAnonymous(Behaviors.<Command>setup(own -> new Sleeper(number, own, crowd)));
            }
            return Behaviors.same();
        });
    }

    private static final class Crowd {
        final int disks;
        final long expectedEvents;
        final AtomicInteger left;
        final CompletableFuture<Void> done = new CompletableFuture<>();

        Crowd(int disks, long expectedEvents) {
            this.disks = disks;
            this.expectedEvents = expectedEvents;
            this.left = new AtomicInteger(disks);
        }

        void stopped(long events) {
            if (events != Samples.EVENTS_PER_DISK) {
                failed(new IllegalStateException("A disk stopped with " + events + " events"));
            } else if (left.decrementAndGet() == 0) {
                done.complete(null);
            }
        }

        void failed(Throwable cause) {
            done.completeExceptionally(cause);
        }
    }

    /** Its state is how many events it has. */
    private static final class Sleeper extends EventSourcedBehavior<Command, DiskEvent, Long> {
        private final int number;
        private final ActorContext<Command> context;
        private final Crowd crowd;

        Sleeper(int number, ActorContext<Command> context, Crowd crowd) {
            super(PersistenceId.ofUniqueId(Samples.persistenceId(Samples.disk(number))));
            this.number = number;
            this.context = context;
            this.crowd = crowd;
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<Command, DiskEvent, Long> commandHandler() {
            return newCommandHandlerBuilder()
                    .forAnyState()
                    .onAnyCommand((events, command) -> command == Command.WRITE
                            ? Effect().persist(Samples.history(number)).thenStop()
                            : Effect().stop());
        }

        @Override
        public EventHandler<Long, DiskEvent> eventHandler() {
            return newEventHandlerBuilder().forAnyState().onAnyEvent((events, event) -> events + 1);
        }

        @Override
        public SignalHandler<Long> signalHandler() {
            return newSignalHandlerBuilder()
                    .onSignal(RecoveryCompleted.class, (events, signal) -> recovered(events))
                    .onSignal(RecoveryFailed.class, (events, signal) -> crowd.failed(signal.getFailure()))
                    .onSignal(PostStop.class, (events, signal) -> crowd.stopped(events))
                    .build();
        }

        private void recovered(long events) {
            if (events != crowd.expectedEvents) {
                crowd.failed(new IllegalStateException(
                        "Disk " + number + " has " + events + " events, not " + crowd.expectedEvents));
            }
            context.getSelf().tell(events == 0 ? Command.WRITE : Command.SLEEP);
        }
    }
}
