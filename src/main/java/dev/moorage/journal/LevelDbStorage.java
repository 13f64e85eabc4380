package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBFactory;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.WriteOptions;

/**
 * Rows in LevelDB. A row's value is stored once, under its offset, so that reading everything is one scan; the history
 * of an entity is an index from its sequence numbers to offsets, written in the same batch.
 */
public final class LevelDbStorage implements Storage {
    private static final byte ROW = 'e';
    private static final byte INDEX = 'i';

    private final DB db;
    private final DirectoryLock directoryLock;
    private final WriteOptions writeOptions;
    private final String description;
    private final ExecutorService writer =
            Executors.newSingleThreadExecutor(task -> new Thread(task, "moorage-journal-writer"));
    // An iterator that is open while the database closes takes the whole JVM down with the native engine.
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;

    private LevelDbStorage(DB db, DirectoryLock directoryLock, boolean fsync, String description) {
        this.db = db;
        this.directoryLock = directoryLock;
        this.writeOptions = new WriteOptions().sync(fsync);
        this.description = description;
    }

    /**
     * Opens the journal in a directory, or makes one there.
     *
     * @throws DirectoryLock.Held if another process has it open
     * @throws IOException if the directory or what is in it cannot be used
     */
    public static LevelDbStorage open(Path directory, Engine engine, boolean fsync) throws IOException {
        var lock = DirectoryLock.take(directory);
        try {
            DBFactory factory = engine.factory();
            var options = new Options().createIfMissing(true).compressionType(CompressionType.NONE);
            DB db = factory.open(directory.resolve("journal").toFile(), options);
            String description = directory + " (LevelDB, " + Engine.nameOf(factory) + " engine, fsync "
                    + (fsync ? "on" : "off") + ")";
            return new LevelDbStorage(db, lock, fsync, description);
        } catch (LinkageError e) {
            lock.close();
            throw new IOException("the native engine does not run here; the java engine does", e);
        } catch (RuntimeException e) {
            // How the Java port says that files are damaged.
            lock.close();
            throw new IOException(e.getMessage(), e);
        } catch (IOException e) {
            lock.close();
            throw e;
        }
    }

    @Override
    public CompletionStage<Void> append(List<Row> rows) {
        return CompletableFuture.runAsync(() -> write(rows), writer);
    }

    private void write(List<Row> rows) {
        try (var batch = db.createWriteBatch()) {
            for (var row : rows) {
                batch.put(rowKey(row.offset()), row.value());
                batch.put(indexKey(row.persistenceId(), row.sequenceNr()), longBytes(row.offset()));
            }
            db.write(batch, writeOptions);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void read(long from, long to, long max, Reader reader) {
        if (from > to) return;
        scan(rowKey(from), rowKey(to), max, (key, value) -> reader.read(longAtEnd(key), value));
    }

    @Override
    public void readHistory(String persistenceId, long from, long to, long max, Reader reader) {
        scan(indexKey(persistenceId, from), indexKey(persistenceId, to), max, (key, value) -> {
            long offset = ByteBuffer.wrap(value).getLong();
            byte[] row = db.get(rowKey(offset));
            if (row == null) {
                throw new JournalDamaged("The record of " + persistenceId + " number " + longAtEnd(key) + " at offset "
                        + offset + " is gone");
            }
            reader.read(offset, row);
        });
    }

    @Override
    public long highestSequenceNr(String persistenceId) {
        long[] highest = {0};
        scan(
                indexKey(persistenceId, 0),
                indexKey(persistenceId, Long.MAX_VALUE),
                Long.MAX_VALUE,
                (key, value) -> highest[0] = longAtEnd(key));
        return highest[0];
    }

    private interface Visitor {
        void visit(byte[] key, byte[] value);
    }

    private void scan(byte[] from, byte[] to, long max, Visitor visitor) {
        open.readLock().lock();
        try {
            if (closed) throw new IllegalStateException("The journal is closed");
            try (DBIterator rows = db.iterator()) {
                rows.seek(from);
                for (long n = 0; n < max && rows.hasNext(); n++) {
                    var row = rows.next();
                    if (Arrays.compareUnsigned(row.getKey(), to) > 0) break;
                    visitor.visit(row.getKey(), row.getValue());
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public String description() {
        return description;
    }

    /** What is being written is written first. */
    @Override
    public void close() {
        writer.shutdown();
        try {
            if (!writer.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The journal was still being written after 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        open.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            db.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.writeLock().unlock();
            directoryLock.close();
        }
    }

    private static byte[] rowKey(long offset) {
        return ByteBuffer.allocate(1 + Long.BYTES).put(ROW).putLong(offset).array();
    }

    // The zero byte ends the id, so that d-1 does not run into d-10.
    private static byte[] indexKey(String persistenceId, long sequenceNr) {
        byte[] id = persistenceId.getBytes(UTF_8);
        return ByteBuffer.allocate(1 + id.length + 1 + Long.BYTES)
                .put(INDEX)
                .put(id)
                .put((byte) 0)
                .putLong(sequenceNr)
                .array();
    }

    private static byte[] longBytes(long value) {
        return ByteBuffer.allocate(Long.BYTES).putLong(value).array();
    }

    private static long longAtEnd(byte[] key) {
        return ByteBuffer.wrap(key, key.length - Long.BYTES, Long.BYTES).getLong();
    }
}
