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

    private static final Logger LOG = LoggerFactory.getLogger(LevelDbStorage.class);

    private static final String ACKNOWLEDGER = "moorage-journal-acknowledger";

    private final Path directory;
    private final DB db;
    private final DirectoryLock directoryLock;
    private final WriteOptions writeOptions;
    private final ReadOptions readOptions = new ReadOptions().verifyChecksums(true);
    private final String description;
    private final ExecutorService writer = thread("moorage-journal-writer");
    private final ExecutorService acknowledger = thread(ACKNOWLEDGER);
    // An iterator that is open while the database closes takes the whole JVM down with the native engine.
    private final ReadWriteLock open = new ReentrantReadWriteLock();
    private boolean closed;
    private volatile Consumer<Duration> writeTimes = took -> {};

    private LevelDbStorage(Path directory, DB db, DirectoryLock directoryLock, boolean fsync, String description) {
        this.directory = directory;
        this.db = db;
        this.directoryLock = directoryLock;
        this.writeOptions = new WriteOptions().sync(fsync);
        this.description = description;
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
        var lock = DirectoryLock.take(directory);
        try {
            requireWhole(directory);
            CleanClose.remove(directory);
            DBFactory factory = engine.factory();
            var options = new Options().createIfMissing(true).compressionType(CompressionType.NONE);
            DB db = factory.open(directory.resolve("journal").toFile(), options);
            String description = directory + " (LevelDB, " + Engine.nameOf(factory) + " engine, fsync "
                    + (fsync ? "on" : "off") + ")";
            return new LevelDbStorage(directory, db, lock, fsync, description);
        } catch (LinkageError e) {
            lock.close();
            throw new IOException("the native engine does not run here; the java engine does", e);
        } catch (JournalDamaged e) {
            lock.close();
            throw e;
        } catch (RuntimeException e) {
            // How the Java port says that files are damaged.
            lock.close();
            throw new IOException(reason(e), e);
        } catch (IOException e) {
            lock.close();
            throw e;
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
        open.readLock().lock();
        try (var writes = checkedOpen().createWriteBatch()) {
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
            return e;
        } finally {
            open.readLock().unlock();
        }
    }

    @Override
    public void timeWrites(Consumer<Duration> watch) {
        writeTimes = watch;
    }

    private DB checkedOpen() {
        if (closed) throw new IllegalStateException("The journal is closed");
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
            db.close();
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
