package dev.moorage.journal;

import akka.persistence.PersistentRepr;
import akka.persistence.SelectedSnapshot;
import akka.persistence.SnapshotMetadata;
import akka.persistence.SnapshotSelectionCriteria;
import akka.persistence.snapshot.japi.SnapshotStore;
import dev.moorage.journal.EventStore.StoredSnapshot;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.zip.CRC32C;
import scala.concurrent.Future;
import scala.jdk.javaapi.FutureConverters;

/**
 * Akka's snapshots, beside the events. Moorage's own entities take none: their histories are short.
 *
 * <p>A snapshot is four bytes of CRC-32C, its time in milliseconds, and Akka's own form of a message that carries it.
 */
public final class SnapshotsBesideJournal extends SnapshotStore {
    private static final int CHECKSUM_BYTES = Integer.BYTES;
    private static final int HEADER_BYTES = CHECKSUM_BYTES + Long.BYTES;

    private final EventStore store = OpenJournal.of(context().system()).store();
    private final AkkaMessages messages = new AkkaMessages(context().system());
    private final Executor readers = context().system().dispatchers().lookup(OpenJournal.READERS);

    @Override
    public Future<Void> doSaveAsync(SnapshotMetadata metadata, Object snapshot) {
        return scala(CompletableFuture.supplyAsync(() -> encode(metadata, snapshot), readers)
                .thenComposeAsync(saved -> store.saveSnapshot(metadata.persistenceId(), saved), readers));
    }

    private StoredSnapshot encode(SnapshotMetadata metadata, Object snapshot) {
        PersistentRepr message =
                AkkaMessages.of(metadata.persistenceId(), metadata.sequenceNr(), snapshot, metadata.timestamp());
        byte[] bytes = messages.serialize(
                metadata.metadata().isEmpty()
                        ? message
                        : message.withMetadata(metadata.metadata().get()));
        byte[] value = ByteBuffer.allocate(HEADER_BYTES + bytes.length)
                .putInt(0)
                .putLong(metadata.timestamp())
                .put(bytes)
                .array();
        ByteBuffer.wrap(value).putInt(checksum(value));
        return new StoredSnapshot(metadata.sequenceNr(), value);
    }

    @Override
    public Future<Optional<SelectedSnapshot>> doLoadAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return scala(CompletableFuture.supplyAsync(() -> load(persistenceId, criteria), readers));
    }

    /** The newest one; or the newest that is whole: the events since then make up for the difference. */
    private Optional<SelectedSnapshot> load(String persistenceId, SnapshotSelectionCriteria criteria) {
        var snapshots = matching(persistenceId, criteria);
        Collections.reverse(snapshots);
        var whole = snapshots.stream().filter(SnapshotsBesideJournal::isWhole).findFirst();
        if (whole.isEmpty() && !snapshots.isEmpty()) {
            throw new JournalDamaged("Every snapshot of " + persistenceId + " is damaged, the last one at number "
                    + snapshots.get(0).sequenceNr());
        }
        return whole.map(snapshot -> decode(persistenceId, snapshot));
    }

    private SelectedSnapshot decode(String persistenceId, StoredSnapshot snapshot) {
        byte[] bytes = new byte[snapshot.value().length - HEADER_BYTES];
        ByteBuffer.wrap(snapshot.value()).get(HEADER_BYTES, bytes);
        var message = messages.deserialize(bytes);
        return SelectedSnapshot.create(
                new SnapshotMetadata(persistenceId, snapshot.sequenceNr(), timestamp(snapshot), message.metadata()),
                message.payload());
    }

    @Override
    public Future<Void> doDeleteAsync(SnapshotMetadata metadata) {
        // Without a time it is the one of that number, whenever it was taken.
        long from = metadata.timestamp() == 0 ? 0 : metadata.timestamp();
        long to = metadata.timestamp() == 0 ? Long.MAX_VALUE : metadata.timestamp();
        return doDeleteAsync(
                metadata.persistenceId(),
                new SnapshotSelectionCriteria(metadata.sequenceNr(), to, metadata.sequenceNr(), from));
    }

    @Override
    public Future<Void> doDeleteAsync(String persistenceId, SnapshotSelectionCriteria criteria) {
        return scala(CompletableFuture.supplyAsync(() -> matching(persistenceId, criteria), readers)
                .thenComposeAsync(snapshots -> store.deleteSnapshots(persistenceId, snapshots), readers));
    }

    private List<StoredSnapshot> matching(String persistenceId, SnapshotSelectionCriteria criteria) {
        var snapshots = store.snapshots(persistenceId, criteria.minSequenceNr(), criteria.maxSequenceNr());
        snapshots.removeIf(snapshot ->
                timestamp(snapshot) < criteria.minTimestamp() || timestamp(snapshot) > criteria.maxTimestamp());
        return snapshots;
    }

    private static long timestamp(StoredSnapshot snapshot) {
        return ByteBuffer.wrap(snapshot.value()).getLong(CHECKSUM_BYTES);
    }

    private static boolean isWhole(StoredSnapshot snapshot) {
        return ByteBuffer.wrap(snapshot.value()).getInt() == checksum(snapshot.value());
    }

    private static int checksum(byte[] value) {
        var crc = new CRC32C();
        crc.update(value, CHECKSUM_BYTES, value.length - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }

    private static <T> Future<T> scala(CompletionStage<T> stage) {
        return FutureConverters.asScala(stage);
    }
}
