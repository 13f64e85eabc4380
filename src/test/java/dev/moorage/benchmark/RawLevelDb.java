package dev.moorage.benchmark;

import dev.moorage.journal.Engine;
import dev.moorage.journal.Storage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.CompressionType;
import org.iq80.leveldb.DB;
import org.iq80.leveldb.Options;
import org.iq80.leveldb.ReadOptions;
import org.iq80.leveldb.WriteOptions;
import org.iq80.leveldb.impl.Iq80DBFactory;

/** LevelDB with the product's options and nothing around it: everything happens on the caller's thread. */
final class RawLevelDb implements Storage {
    private final DB db;
    private final WriteOptions writeOptions = new WriteOptions().sync(true);
    private final ReadOptions readOptions = new ReadOptions().verifyChecksums(true);

    private RawLevelDb(DB db) {
        this.db = db;
    }

    /** Opens the database in this directory itself, or makes one there. */
    static RawLevelDb open(Path directory, Engine engine) throws IOException {
        var factory = engine == Engine.JAVA ? Iq80DBFactory.factory : JniDBFactory.factory;
        var options = new Options().createIfMissing(true).compressionType(CompressionType.NONE);
        return new RawLevelDb(factory.open(directory.toFile(), options));
    }

    @Override
    public CompletionStage<Void> write(List<Pair> batch) {
        try (var writes = db.createWriteBatch()) {
            for (var pair : batch) writes.put(pair.key(), pair.value());
            db.write(writes, writeOptions);
            return CompletableFuture.completedFuture(null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
        try (var pairs = db.iterator(readOptions)) {
            pairs.seek(from);
            while (pairs.hasNext()) {
                var pair = pairs.next();
                if (Arrays.compareUnsigned(pair.getKey(), to) > 0) return;
                if (!visitor.visit(pair.getKey(), pair.getValue())) return;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public byte[] get(byte[] key) {
        return db.get(key, readOptions);
    }

    @Override
    public String description() {
        return "raw LevelDB";
    }

    @Override
    public void close() {
        try {
            db.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
