package dev.moorage.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.DBFactory;
import org.iq80.leveldb.DBIterator;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * LevelDB. One thread writes, another one says that it is written, so that what the writers of one batch do next does not
 * keep the following batch waiting.
 */
public final class LevelDbStorage implements Storage {
    /** A batch as small as this is one writer's, and is written on that writer's thread: a hop would take longer. */
    private static final int SMALL_BATCH = 4;

    /**
     * Nothing is written where less than this is free. Both engines map the files that they write, so to them a full disk
     * is a fault in memory, which ends the process or leaves a log that nobody can read. This is more than a log and the
     * largest compaction take.
     */
    static final long RESERVE = 64L << 20;

    private static final Logger LOG = LoggerFactory.getLogger(LevelDbStorage.class);

    private static final String ACKNOWLEDGER = "moorage-journal-acknowledger";

    private final Path directory;
    private final DBFactory factory;
    private final LongSupplier freeBytes;
    private final DirectoryLock directoryLock;
    private final WriteOptions writeOptions;
    private final ReadOptions readOptions = new ReadOptions().verifyChecksums(true);
    private final String description;
    private final ExecutorService writer = thread("moorage-journal-writer");
    private final ExecutorService acknowledger = thread(ACKNOWLEDGER);
    // An iterator that is open while the database closes takes the whole JVM down with the native engine.
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    // Guarded by open: null once closed, and while it cannot be opened anew.
    private @Nullable DB db;
    private boolean closed;
    private volatile Consumer<Duration> writeTimes = took -> {};
    private volatile boolean suspect;

    private LevelDbStorage(
            Path directory, DBFactory factory, LongSupplier freeBytes, DirectoryLock directoryLock, boolean fsync)
            throws IOException {
        this.directory = directory;
        this.factory = factory;
        this.freeBytes = freeBytes;
        this.directoryLock = directoryLock;
        this.writeOptions = new WriteOptions().sync(fsync);
        this.description =
                directory + " (LevelDB, " + Engine.nameOf(factory) + " engine, fsync " + (fsync ? "on" : "off") + ")";
        this.db = openWhole(directory, factory, freeBytes);
    }

    private static ExecutorService thread(String name) {
        return Executors.newSingleThreadExecutor(task -> new Thread(task, name));
    }

    /**
     * Opens the journal in a directory, or makes one there. The engines skip what they cannot read in a log, so its files
     * are looked at first; one that is damaged is left as it is.
     *
     * @throws DirectoryLock.Held if another process has it open
     * @throws JournalDamaged if something that was acknowledged may be lost
     * @throws IOException if the directory or what is in it cannot be used
     */
    public static LevelDbStorage open(Path directory, Engine engine, boolean fsync) throws IOException {
        try {
            return open(directory, engine.factory(), fsync, () -> usableBytes(directory));
        } catch (LinkageError e) {
            throw new IOException("the native engine does not run here; the java engine does", e);
        }
    }

    static LevelDbStorage open(Path directory, DBFactory factory, boolean fsync, LongSupplier freeBytes)
            throws IOException {
        var lock = DirectoryLock.take(directory);
        try {
            return new LevelDbStorage(directory, factory, freeBytes, lock, fsync);
        } catch (IOException | RuntimeException | LinkageError e) {
            lock.close();
            throw e;
        }
    }

    private static DB openWhole(Path directory, DBFactory factory, LongSupplier freeBytes) throws IOException {
        requireRoom(freeBytes);
        requireWhole(directory);
        CleanClose.remove(directory);
        var options = new Options().createIfMissing(true).compressionType(CompressionType.NONE);
        try {
            return factory.open(directory.resolve("journal").toFile(), options);
        } catch (RuntimeException e) {
            // How the Java port says that files are damaged.
            throw new IOException(reason(e), e);
        }
    }

    /** Asked before every batch, and so not of the file store: to find that, all that is mounted is read. */
    private static long usableBytes(Path directory) {
        return directory.toFile().getUsableSpace();
    }

    private static void requireRoom(LongSupplier freeBytes) throws IOException {
        long free = freeBytes.getAsLong();
        if (free < RESERVE) {
            throw new IOException("only " + (free >> 20) + " MiB are free where the journal is, and it does not write"
                    + " with less than " + (RESERVE >> 20) + " MiB");
        }
    }

    private static void requireWhole(Path directory) throws IOException {
        for (var finding : LevelDbFiles.open(directory).findings()) {
            if (finding.isDamage()) throw new JournalDamaged(finding.text());
            LOG.warn("{}", finding);
        }
    }

    @Override
    public CompletionStage<Void> write(List<Pair> batch) {
        // A log with a commit of nothing looks like a damaged one.
        if (batch.isEmpty()) return CompletableFuture.completedFuture(null);
        if (batch.size() <= SMALL_BATCH && !isAcknowledging()) return writeHere(batch);
        var done = new CompletableFuture<Void>();
        writer.execute(() -> {
            var failure = failureOf(batch);
            acknowledger.execute(() -> complete(done, failure));
        });
        return done;
    }

    /** Others wait for this thread, so it does not wait for the disk. */
    private static boolean isAcknowledging() {
        return Thread.currentThread().getName().equals(ACKNOWLEDGER);
    }

    private CompletionStage<Void> writeHere(List<Pair> batch) {
        var done = new CompletableFuture<Void>();
        complete(done, failureOf(batch));
        return done;
    }

    private static void complete(CompletableFuture<Void> done, @Nullable Throwable failure) {
        if (failure == null) {
            done.complete(null);
        } else {
            done.completeExceptionally(failure);
        }
    }

    private @Nullable Throwable failureOf(List<Pair> batch) {
        try {
            if (suspect) openAnew();
            requireRoom(freeBytes);
        } catch (IOException | RuntimeException e) {
            return e;
        }
        open.readLock().lock();
        try {
            return failureOf(batch, checkedOpen());
        } finally {
            open.readLock().unlock();
        }
    }

    private @Nullable Throwable failureOf(List<Pair> batch, DB db) {
        try (var writes = db.createWriteBatch()) {
            for (var pair : batch) {
                if (pair.value() == null) {
                    writes.delete(pair.key());
                } else {
                    writes.put(pair.key(), pair.value());
                }
            }
            long begun = System.nanoTime();
            db.write(writes, writeOptions);
            writeTimes.accept(Duration.ofNanos(System.nanoTime() - begun));
            return null;
        } catch (IOException | RuntimeException | Error e) {
            // Also what a full disk is to a mapped file: whoever waits must hear of it.
            suspect = true;
            return e;
        }
    }

    /**
     * An engine that failed to write goes on writing behind what it left in its log, and that cannot be read again. One
     * that is opened anew ends the log before that, and begins another.
     */
    private void openAnew() throws IOException {
        open.writeLock().lock();
        try {
            if (closed || !suspect) return;
            if (db != null) {
                requireRoom(freeBytes);
                closeFailed(db);
                db = null;
            }
            db = openWhole(directory, factory, freeBytes);
            suspect = false;
            LOG.warn("The journal in {} was opened anew after a write that failed", directory);
        } finally {
            open.writeLock().unlock();
        }
    }

    private static void closeFailed(DB db) {
        try {
            db.close();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The journal did not close well after a write that failed: {}", e.toString());
        }
    }

    @Override
    public void timeWrites(Consumer<Duration> watch) {
        writeTimes = watch;
    }

    private DB checkedOpen() {
        if (db == null) throw new IllegalStateException("The journal is closed");
        return db;
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
        open.readLock().lock();
        try (DBIterator pairs = checkedOpen().iterator(readOptions)) {
            reading(() -> pairs.seek(from));
            while (reading(pairs::hasNext)) {
                var pair = reading(pairs::next);
                if (Arrays.compareUnsigned(pair.getKey(), to) > 0) return;
                if (!visitor.visit(pair.getKey(), pair.getValue())) return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.readLock().unlock();
        }
    }

    private static void reading(Runnable reading) {
        reading(() -> {
            reading.run();
            return true;
        });
    }

    /** Both engines throw whatever they stumble over. */
    private static <T extends @Nullable Object> T reading(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (RuntimeException e) {
            throw new Unreadable(reason(e), e);
        }
    }

    private static String reason(Throwable failure) {
        var cause = failure;
        while (cause.getCause() != null) cause = cause.getCause();
        return cause.getMessage() == null ? "it does not hold together" : cause.getMessage();
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        open.readLock().lock();
        try {
            var whole = checkedOpen();
            return LevelDbStorage.<byte @Nullable []>reading(() -> whole.get(key, readOptions));
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
        drain(writer);
        drain(acknowledger);
        open.writeLock().lock();
        try {
            if (closed) return;
            closed = true;
            if (db == null) return;
            db.close();
            db = null;
            CleanClose.write(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            open.writeLock().unlock();
            directoryLock.close();
        }
    }

    private static void drain(ExecutorService thread) {
        thread.shutdown();
        try {
            if (!thread.awaitTermination(30, TimeUnit.SECONDS)) {
                throw new IllegalStateException("The journal was still being written after 30 s");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
