package dev.moorage.journal;

import akka.actor.ActorRef;
import akka.dispatch.Futures;
import akka.japi.pf.ReceiveBuilder;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import dev.moorage.domain.Event;
import dev.moorage.journal.Journal.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import scala.PartialFunction;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;
import scala.runtime.BoxedUnit;

/**
 * Akka Persistence over the {@link Journal}. Reading is done on threads of its own, never behind a write.
 *
 * <p>Writers that are in the mailbox together are written together: the first one's write sends this actor a message to
 * begin, and that stands behind all who are there already.
 */
public final class GroupCommitJournal extends AsyncWriteJournal {
    private enum Begin {
        BEGIN
    }

    /** See whether the device writes again. */
    private enum Probe {
        PROBE
    }

    /** How that went. */
    private enum Probed {
        WELL,
        BADLY
    }

    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private final Journal journal = OpenJournal.of(context().system());
    private final AkkaMessages messages = new AkkaMessages(context().system());
    private final Executor readers = context().system().dispatchers().lookup(OpenJournal.READERS);
    private boolean begun;
    private boolean probing;

    /** Their acknowledgements are cheapest on threads that deliver them to actors. */
    @Override
    public void preStart() {
        journal.acknowledgeOn(context().dispatcher());
    }

    @Override
    public PartialFunction<Object, BoxedUnit> receivePluginInternal() {
        return ReceiveBuilder.create()
                .matchEquals(Begin.BEGIN, begin -> begin())
                .matchEquals(Probe.PROBE, probe -> probe())
                .match(Probed.class, this::probed)
                .build()
                .onMessage();
    }

    /** Who would write asks first whether that can be done, so after a failure nobody finds out that it can again. */
    @SuppressWarnings("FutureReturnValueIgnored") // How it ends is passed on.
    private void probe() {
        if (probing) return;
        probing = true;
        var self = self();
        journal.append(List.of())
                .whenComplete((nothing, failure) ->
                        self.tell(failure == null ? Probed.WELL : Probed.BADLY, ActorRef.noSender()));
    }

    private void probed(Probed how) {
        probing = false;
        if (how == Probed.WELL) return;
        context()
                .system()
                .scheduler()
                .scheduleOnce(BETWEEN_PROBES, self(), Probe.PROBE, context().dispatcher(), ActorRef.noSender());
    }

    private void begin() {
        begun = false;
        journal.flush();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // How it ends is passed on.
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> writes) {
        var entries = new ArrayList<Entry>();
        var results = new ArrayList<Optional<Exception>>();
        for (var write : writes) results.add(rejectionOrAdd(write, entries));
        if (entries.isEmpty()) return scala(CompletableFuture.completedFuture(results));
        var done = journal.gather(entries);
        if (!begun) {
            begun = true;
            self().tell(Begin.BEGIN, self());
        }
        var written = Futures.<Iterable<Optional<Exception>>>promise();
        var self = self();
        done.whenComplete((nothing, failure) -> {
            if (failure == null) {
                written.success(results);
            } else {
                self.tell(Probe.PROBE, ActorRef.noSender());
                written.failure(failure);
            }
        });
        return written.future();
    }

    /** Why a write cannot be serialized; one that can is among the entries then. */
    private Optional<Exception> rejectionOrAdd(AtomicWrite write, List<Entry> entries) {
        try {
            var added = new ArrayList<Entry>(write.size());
            for (var message : CollectionConverters.asJava(write.payload())) added.add(entry(message));
            entries.addAll(added);
            return Optional.empty();
        } catch (AkkaMessages.CannotSerialize e) {
            return Optional.of(e);
        }
    }

    private Entry entry(PersistentRepr message) {
        var id = message.payload() instanceof Event ? PersistenceIds.entity(message.persistenceId()) : null;
        return id == null
                ? new Journal.Foreign(message.persistenceId(), message.sequenceNr(), messages.serialize(message))
                : new Journal.Fact(id, message.persistenceId(), message.sequenceNr(), (Event) message.payload());
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
        return read(() -> {
            journal.store()
                    .readHistory(
                            persistenceId,
                            from,
                            to,
                            max,
                            (offset, value) ->
                                    replay.accept(message(persistenceId, EventCodec.decodeAny(offset, value))));
            return null;
        });
    }

    private PersistentRepr message(String persistenceId, Stored stored) {
        return stored instanceof Recorded fact
                ? AkkaMessages.of(
                        persistenceId,
                        fact.sequenceNr(),
                        fact.event(),
                        fact.recordedAt().toEpochMilli())
                : messages.deserialize(((Stored.Foreign) stored).message());
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
        return scala(journal.settled(persistenceId)
                .thenApplyAsync(settled -> journal.store().highestSequenceNr(persistenceId), readers));
    }

    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return scala(journal.settled(persistenceId)
                .thenComposeAsync(settled -> journal.store().delete(persistenceId, toSequenceNr), readers));
    }

    private <T extends @Nullable Object> Future<T> read(Supplier<T> reading) {
        return scala(CompletableFuture.supplyAsync(reading, readers));
    }

    private static <T extends @Nullable Object> Future<T> scala(CompletionStage<T> stage) {
        return FutureConverters.asScala(stage);
    }
}
