package dev.moorage.journal;

import akka.actor.ActorRef;
import akka.persistence.AtomicWrite;
import akka.persistence.PersistentRepr;
import akka.persistence.journal.japi.AsyncWriteJournal;
import dev.moorage.domain.Event;
import dev.moorage.journal.Journal.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import scala.concurrent.Future;
import scala.jdk.javaapi.CollectionConverters;
import scala.jdk.javaapi.FutureConverters;

/** Akka Persistence over the {@link Journal}. Reading is done on threads of its own, never behind a write. */
public final class GroupCommitJournal extends AsyncWriteJournal {
    private final Journal journal = context()
            .system()
            .settings()
            .setup()
            .get(JournalSetup.class)
            .orElseThrow(() -> new IllegalStateException("The actor system was created without a JournalSetup"))
            .journal();
    private final Executor readers = context().system().dispatchers().lookup("moorage.dispatchers.replay");

    @Override
    public Future<Iterable<Optional<Exception>>> doAsyncWriteMessages(Iterable<AtomicWrite> messages) {
        var results = new ArrayList<CompletableFuture<Optional<Exception>>>();
        for (var message : messages) {
            results.add(journal.append(entries(message)).thenApply(done -> Optional.empty()));
        }
        return scala(CompletableFuture.allOf(results.toArray(CompletableFuture[]::new))
                .thenApply(done -> results.stream().map(CompletableFuture::join).toList()));
    }

    private static List<Entry> entries(AtomicWrite write) {
        return CollectionConverters.asJava(write.payload()).stream()
                .map(message -> new Entry(
                        PersistenceIds.parse(message.persistenceId()), message.sequenceNr(), (Event) message.payload()))
                .toList();
    }

    @Override
    public Future<Void> doAsyncReplayMessages(
            String persistenceId, long from, long to, long max, Consumer<PersistentRepr> replay) {
        return scala(CompletableFuture.runAsync(
                () -> journal.read(
                        persistenceId, from, to, max, record -> replay.accept(message(persistenceId, record))),
                readers));
    }

    private static PersistentRepr message(String persistenceId, Recorded record) {
        return PersistentRepr.apply(
                        record.event(), record.sequenceNr(), persistenceId, "", false, ActorRef.noSender(), "")
                .withTimestamp(record.recordedAt().toEpochMilli());
    }

    @Override
    public Future<Long> doAsyncReadHighestSequenceNr(String persistenceId, long from) {
        return scala(journal.settled(persistenceId)
                .thenApplyAsync(settled -> journal.highestSequenceNr(persistenceId), readers));
    }

    /** Nothing is ever forgotten: what happened to a disk can be asked for long after the disk is gone. */
    @Override
    public Future<Void> doAsyncDeleteMessagesTo(String persistenceId, long toSequenceNr) {
        return scala(CompletableFuture.failedFuture(
                new IllegalStateException("The journal keeps every event; " + persistenceId + " keeps its own")));
    }

    private static <T> Future<T> scala(CompletionStage<T> stage) {
        return FutureConverters.asScala(stage);
    }
}
