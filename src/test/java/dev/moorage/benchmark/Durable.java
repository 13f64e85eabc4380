package dev.moorage.benchmark;

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
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

/**
 * Persistent actors of which each persists its next event as soon as the last one is acknowledged.
 *
 * <p>The measured window begins and ends with an acknowledgement of one and the same actor. A journal that acknowledges
 * its writers in waves would else be given up to a wave too much or too little, and a wave can last longer than the
 * window.
 */
record Durable(Backend backend, Path directory, int actors, Effort effort) implements Measurement {
    private enum Next {
        NEXT
    }

    @Override
    public Map<String, Double> measure() throws Exception {
        var acknowledged = new Acknowledgements(actors);
        try (var running =
                backend.start(directory, Behaviors.<Next>setup(context -> everybody(context, acknowledged)))) {
            acknowledged.awaitReady();
            running.system().tell(Next.NEXT);
            var device = running.device();
            TimeUnit.MILLISECONDS.sleep((long) (effort.warmUpSeconds() * 1_000));
            var from = acknowledged.mark();
            long commits = device.map(CountingStorage::commits).orElse(0L);
            long written = device.map(CountingStorage::events).orElse(0L);
            TimeUnit.MILLISECONDS.sleep((long) (effort.windowSeconds() * 1_000));
            var to = acknowledged.mark();
            var figures = figures(from, to, acknowledged.between(from, to));
            device.ifPresent(counted -> figures.put(
                    "eventsPerCommit", (double) (counted.events() - written) / (counted.commits() - commits)));
            acknowledged.stop();
            return figures;
        }
    }

    private static Map<String, Double> figures(
            Acknowledgements.Mark from, Acknowledgements.Mark to, long[] latenciesNanos) {
        Arrays.sort(latenciesNanos);
        double seconds = (to.nanos() - from.nanos()) / NANOS_PER_SECOND;
        var figures = new HashMap<String, Double>();
        figures.put("eventsPerSecond", (to.count() - from.count()) / seconds);
        figures.put("windowSeconds", seconds);
        figures.put("medianMillis", millis(latenciesNanos, 0.5));
        figures.put("p99Millis", millis(latenciesNanos, 0.99));
        return figures;
    }

    private static double millis(long[] sortedNanos, double part) {
        return sortedNanos[(int) (part * (sortedNanos.length - 1))] / 1e6;
    }

    private Behavior<Next> everybody(ActorContext<Next> context, Acknowledgements acknowledged) {
        var writers = IntStream.range(0, actors)
                .mapToObj(number ->
                        context.spawnAnonymous(Behaviors.<Next>setup(own -> new Writer(number, own, acknowledged))))
                .toList();
        return Behaviors.receiveMessage(next -> {
            writers.forEach(writer -> writer.tell(next));
            return Behaviors.same();
        });
    }

    /** Its state is how often it has written. */
    private static final class Writer extends EventSourcedBehavior<Next, DiskEvent, Long> {
        private final int number;
        private final ActorContext<Next> context;
        private final Acknowledgements acknowledged;
        private final List<DiskEvent> moves;

        Writer(int number, ActorContext<Next> context, Acknowledgements acknowledged) {
            super(PersistenceId.ofUniqueId(Samples.persistenceId(Samples.disk(number))));
            this.number = number;
            this.context = context;
            this.acknowledged = acknowledged;
            this.moves = Samples.moves(number);
        }

        @Override
        public Long emptyState() {
            return 0L;
        }

        @Override
        public CommandHandler<Next, DiskEvent, Long> commandHandler() {
            return newCommandHandlerBuilder().forAnyState().onAnyCommand((written, next) -> {
                long asked = System.nanoTime();
                return Effect().persist(moves.get((int) (written % 2))).thenRun(() -> {
                    if (acknowledged.goOn(number, asked)) context.getSelf().tell(next);
                });
            });
        }

        @Override
        public EventHandler<Long, DiskEvent> eventHandler() {
            return newEventHandlerBuilder().forAnyState().onAnyEvent((written, event) -> written + 1);
        }

        private static Throwable stoppedAfter(long written) {
            return new IllegalStateException("A writer stopped after " + written + " events");
        }

        @Override
        public SignalHandler<Long> signalHandler() {
            return newSignalHandlerBuilder()
                    .onSignal(RecoveryCompleted.class, (written, signal) -> acknowledged.ready())
                    .onSignal(RecoveryFailed.class, (written, signal) -> acknowledged.failed(signal.getFailure()))
                    .onSignal(PostStop.class, (written, signal) -> acknowledged.failed(stoppedAfter(written)))
                    .build();
        }
    }
}
