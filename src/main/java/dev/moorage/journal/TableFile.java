package dev.moorage.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A table of LevelDB: sorted entries in blocks of about 4 KiB, each with a checksum, an index of the blocks, and a footer
 * that says where the index is.
 */
final class TableFile {
    private static final int FOOTER = 48;
    private static final long MAGIC = 0xdb4775248b80fb57L;
    /** How the block is compressed, and its checksum. */
    private static final int TRAILER = 1 + Integer.BYTES;

    private static final int NOT_COMPRESSED = 0;
    /** Blocks that nobody's index leads to are looked for up to this size. */
    private static final int LARGEST_SEARCHED = 16 * 1024;

    /**
     * An entry.
     *
     * @param sequence the higher one is the later one
     * @param value null if the key was removed
     */
    record Entry(byte[] key, long sequence, byte @Nullable [] value) implements Comparable<Entry> {
        /** By key, and the latest first. */
        @Override
        public int compareTo(Entry other) {
            int order = Arrays.compareUnsigned(key, other.key);
            return order != 0 ? order : Long.compare(other.sequence, sequence);
        }
    }

    /**
     * Where a block is.
     *
     * @param last a key that none of it is beyond
     */
    record Block(byte[] last, long position, int size) {}

    /** A block, or the whole table, cannot be read. */
    static final class Unreadable extends Exception {
        private static final long serialVersionUID = 1;

        Unreadable(String message) {
            super(message);
        }
    }

    private final Path file;
    private final List<Block> blocks;

    private TableFile(Path file, List<Block> blocks) {
        this.file = file;
        this.blocks = blocks;
    }

    /**
     * Reads where the blocks are.
     *
     * @throws Unreadable if its footer or its index is damaged
     */
    static TableFile open(Path file) throws IOException, Unreadable {
        try (var channel = FileChannel.open(file)) {
            if (channel.size() < FOOTER) throw new Unreadable("it is too short");
            var footer = Bytes.littleEndian(bytes(channel, channel.size() - FOOTER, FOOTER));
            if (footer.getLong(FOOTER - Long.BYTES) != MAGIC) throw new Unreadable("its footer is damaged");
            // Where the blocks are that no engine here writes.
            handle(footer);
            var index = handle(footer);
            var blocks = new ArrayList<Block>();
            long end = 0;
            for (var entry : entries(contents(channel, index))) {
                var at = entry.value() == null ? index : handle(ByteBuffer.wrap(entry.value()));
                if (at.position() != end) throw new Unreadable("its index is damaged");
                end = at.position() + at.size() + TRAILER;
                blocks.add(new Block(entry.key(), at.position(), at.size()));
            }
            return new TableFile(file, blocks);
        } catch (IllegalArgumentException e) {
            throw new Unreadable("its footer or index is damaged");
        }
    }

    /** The blocks that can be found where the index is lost. Where each ends is where its checksum is right. */
    static TableFile search(Path file) throws IOException {
        byte[] all = Files.readAllBytes(file);
        var blocks = new ArrayList<Block>();
        for (int at = 0; at < all.length; ) {
            int size = sizeOfBlock(all, at);
            if (size > 0) addBlock(all, at, size, blocks);
            at += size > 0 ? size + TRAILER : 1;
        }
        return new TableFile(file, blocks);
    }

    private static void addBlock(byte[] all, int at, int size, List<Block> blocks) {
        try {
            var entries = entries(Arrays.copyOfRange(all, at, at + size));
            if (entries.isEmpty() || isIndex(entries.get(0))) return;
            blocks.add(new Block(entries.get(entries.size() - 1).key(), at, size));
        } catch (Unreadable e) {
            // By chance.
        }
    }

    /** The first block begins at 0 and is not empty; nothing else in a journal has such a value. */
    private static boolean isIndex(Entry first) {
        if (first.value() == null) return false;
        try {
            var from = ByteBuffer.wrap(first.value());
            var block = handle(from);
            return block.position() == 0
                    && block.size() > 0
                    && Bytes.areZero(first.value(), from.position(), first.value().length);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static int sizeOfBlock(byte[] all, int at) {
        var crc = new CRC32C();
        var bytes = Bytes.littleEndian(all);
        int most = Math.min(LARGEST_SEARCHED, all.length - at - TRAILER);
        for (int size = 0; size <= most; size++) {
            crc.update(all[at + size]);
            if (all[at + size] == NOT_COMPRESSED && bytes.getInt(at + size + 1) == Bytes.masked(crc)) return size;
        }
        return 0;
    }

    private static Block handle(ByteBuffer from) {
        long position = Bytes.varint(from);
        return new Block(new byte[0], position, Math.toIntExact(Math.min(Bytes.varint(from), Integer.MAX_VALUE)));
    }

    Path file() {
        return file;
    }

    List<Block> blocks() {
        return blocks;
    }

    /**
     * Reads a block.
     *
     * @throws Unreadable if it is damaged
     */
    List<Entry> entries(Block block) throws IOException, Unreadable {
        try (var channel = FileChannel.open(file)) {
            return entries(contents(channel, block));
        }
    }

    private static byte[] contents(FileChannel channel, Block block) throws IOException, Unreadable {
        if (block.position() < 0 || block.position() + block.size() + TRAILER > channel.size()) {
            throw new Unreadable("it is not there");
        }
        byte[] bytes = bytes(channel, block.position(), block.size() + TRAILER);
        int stored = Bytes.littleEndian(bytes).getInt(block.size() + 1);
        if (stored != Bytes.maskedChecksum(bytes, 0, block.size() + 1)) throw new Unreadable("its checksum is wrong");
        if (bytes[block.size()] != NOT_COMPRESSED) throw new Unreadable("it is compressed");
        return Arrays.copyOf(bytes, block.size());
    }

    private static byte[] bytes(FileChannel channel, long position, int length) throws IOException {
        var bytes = ByteBuffer.allocate(length);
        while (bytes.hasRemaining()) {
            if (channel.read(bytes, position + bytes.position()) < 0) throw new EOFException();
        }
        return bytes.array();
    }

    /** Each key leaves out what it shares with the one before. */
    private static List<Entry> entries(byte[] block) throws Unreadable {
        var entries = new ArrayList<Entry>();
        try {
            var from = Bytes.littleEndian(block);
            // Behind the entries are the places where keys are whole, and how many those are.
            int restarts = from.getInt(block.length - Integer.BYTES);
            from.limit(block.length - Integer.BYTES * (1 + restarts));
            byte[] key = {};
            while (from.hasRemaining()) {
                int shared = (int) Bytes.varint(from);
                int rest = (int) Bytes.varint(from);
                long size = Bytes.varint(from);
                key = Arrays.copyOf(key, shared + rest);
                from.get(key, shared, rest);
                entries.add(entry(key, Bytes.take(from, size)));
            }
            return entries;
        } catch (RuntimeException e) {
            throw new Unreadable("its entries are damaged");
        }
    }

    /** At the end of a key stand its sequence number and, in the lowest byte, whether it has a value. */
    private static Entry entry(byte[] internalKey, byte[] value) {
        int length = internalKey.length - Long.BYTES;
        long tag = Bytes.littleEndian(internalKey).getLong(length);
        return new Entry(Arrays.copyOf(internalKey, length), tag >>> 8, (tag & 0xff) == 0 ? null : value);
    }
}
