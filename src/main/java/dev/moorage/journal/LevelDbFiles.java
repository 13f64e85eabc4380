package dev.moorage.journal;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The files of a LevelDB as they lie there, read by ourselves: nothing is changed, and what cannot be read is skipped and
 * said. The engines do neither.
 *
 * <p>What is left is the entries of all tables and logs, merged; of each key the latest counts.
 */
public final class LevelDbFiles implements Storage {
    /** More records than these are counted. */
    private static final int NAMED = 3;

    private final Path data;
    private final Path directory;
    private final @Nullable DirectoryLock lock;
    private final @Nullable CleanClose closed;
    // By what they are about, so that each is said once.
    private final Map<String, Finding> findings = Collections.synchronizedMap(new LinkedHashMap<>());
    private final List<Table> tables = new ArrayList<>();
    private final List<TableFile.Entry> logged = new ArrayList<>();

    private record Table(TableFile file, byte[] firstKey) {}

    private LevelDbFiles(Path data, @Nullable DirectoryLock lock) throws IOException {
        this.data = data;
        this.lock = lock;
        this.directory = data.resolve("journal");
        this.closed = CleanClose.read(data);
    }

    /**
     * Takes a data directory until it is closed, and reads what tells where everything is, and the logs. What the blocks
     * of tables hold is read when it is asked for.
     *
     * @throws DirectoryLock.Held if another process has it open
     * @throws IOException if the files cannot be read at all
     */
    public static LevelDbFiles take(Path data) throws IOException {
        var lock = DirectoryLock.take(data);
        try {
            return new LevelDbFiles(data, lock).open();
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /** Like {@link #take}, for who has the directory. */
    static LevelDbFiles open(Path data) throws IOException {
        return new LevelDbFiles(data, null).open();
    }

    private LevelDbFiles open() throws IOException {
        var manifest = manifest();
        checkSizes();
        openTables(manifest);
        openLogs(manifest);
        Collections.sort(logged);
        checkEnd();
        return this;
    }

    private void damage(String about, String text) {
        findings.putIfAbsent(about, Finding.damage(text));
    }

    /** What is not as it should be, as far as has been read. */
    public List<Finding> findings() {
        synchronized (findings) {
            return List.copyOf(findings.values());
        }
    }

    private Map<Long, Path> files(String... suffixes) throws IOException {
        var files = new TreeMap<Long, Path>();
        if (!Files.isDirectory(directory)) return files;
        try (var all = Files.newDirectoryStream(directory)) {
            for (var file : all) {
                String name = file.getFileName().toString();
                for (var suffix : suffixes) {
                    String number = name.substring(0, Math.max(0, name.length() - suffix.length()));
                    if (name.endsWith(suffix) && number.matches("\\d{1,18}")) files.put(Long.parseLong(number), file);
                }
            }
        }
        return files;
    }

    private Map<Long, Path> tables() throws IOException {
        return files(".sst", ".ldb");
    }

    private Map<Long, Path> logs() throws IOException {
        return files(".log");
    }

    /** Which files count; null if that cannot be said, or there are none yet. */
    private @Nullable Manifest manifest() throws IOException {
        boolean isNew = !Files.exists(directory.resolve("CURRENT")) && tables().isEmpty() && logs().isEmpty();
        if (isNew) return null;
        try {
            return Manifest.read(directory);
        } catch (JournalDamaged e) {
            damage("manifest", message(e));
            return null;
        }
    }

    private static String message(Exception e) {
        return String.valueOf(e.getMessage());
    }

    /** Files as they were left when the journal was closed. */
    private void checkSizes() throws IOException {
        if (closed == null) return;
        var sizes = sizes();
        closed.sizes().forEach((name, size) -> {
            var found = sizes.get(name);
            if (found == null) {
                damage(name, "The file " + name + " is gone");
            } else if (!found.equals(size)) {
                damage(
                        name,
                        name + " is damaged: it has " + found + " bytes, and had " + size
                                + " when the journal was closed");
            }
        });
    }

    /** The sizes of the files by their names, but for those that hold nothing. */
    Map<String, Long> sizes() throws IOException {
        var sizes = new TreeMap<String, Long>();
        if (!Files.isDirectory(directory)) return sizes;
        try (var files = Files.newDirectoryStream(directory, "{CURRENT,MANIFEST-*,*.log,*.sst,*.ldb}")) {
            for (var file : files) sizes.put(file.getFileName().toString(), Files.size(file));
        }
        return sizes;
    }

    private void openTables(@Nullable Manifest manifest) throws IOException {
        var there = tables();
        if (manifest == null) {
            for (var file : there.values()) openTable(file);
            return;
        }
        for (long number : manifest.tables()) {
            var file = there.get(number);
            if (file == null) {
                String name = "%06d.sst".formatted(number);
                damage(name, "The file " + name + " is gone");
            } else {
                openTable(file);
            }
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private void openTable(Path file) throws IOException {
        TableFile table;
        try {
            table = TableFile.open(file);
        } catch (TableFile.Unreadable e) {
            damage(name(file), name(file) + " is damaged: " + e.getMessage());
            table = TableFile.search(file);
        }
        var first = table.blocks().isEmpty() ? List.<TableFile.Entry>of() : entries(table, 0);
        tables.add(new Table(table, first.isEmpty() ? new byte[0] : first.get(0).key()));
    }

    private List<TableFile.Entry> entries(TableFile table, int index) {
        var block = table.blocks().get(index);
        try {
            return table.entries(block);
        } catch (TableFile.Unreadable e) {
            String name = name(table.file());
            damage(
                    name + block.position(),
                    name + " is damaged at byte " + block.position() + ", in a block of " + block.size() + " bytes"
                            + Traces.between(lastKey(table, index - 1), firstKey(table, index + 1)) + ": "
                            + e.getMessage());
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte @Nullable [] firstKey(TableFile table, int index) {
        var neighbour = neighbour(table, index);
        return neighbour.isEmpty() ? null : neighbour.get(0).key();
    }

    private static byte @Nullable [] lastKey(TableFile table, int index) {
        var neighbour = neighbour(table, index);
        return neighbour.isEmpty() ? null : neighbour.get(neighbour.size() - 1).key();
    }

    private static List<TableFile.Entry> neighbour(TableFile table, int index) {
        if (index < 0 || index >= table.blocks().size()) return List.of();
        try {
            return table.entries(table.blocks().get(index));
        } catch (TableFile.Unreadable | IOException e) {
            // It is said in its turn.
            return List.of();
        }
    }

    private void openLogs(@Nullable Manifest manifest) throws IOException {
        var live = logs();
        if (manifest != null) {
            live.keySet().removeIf(number -> !manifest.isLive(number));
            if (manifest.logNumber() > 0 && !live.containsKey(manifest.logNumber())) {
                String name = "%06d.log".formatted(manifest.logNumber());
                damage(name, "The file " + name + " is gone");
            }
        }
        Path torn = null;
        for (var file : live.values()) {
            var entries = LogFile.read(file, WriteBatch::isComplete);
            // A log is written to its end before the next one is begun.
            if (torn != null && !entries.isEmpty()) damage(name(torn), name(torn) + " is damaged: its end is gone");
            for (int i = 0; i < entries.size(); i++) openLogEntry(file, entries, i);
            boolean isTorn =
                    !entries.isEmpty() && entries.get(entries.size() - 1).state() == LogFile.State.TORN;
            if (isTorn) torn = file;
        }
    }

    private void openLogEntry(Path file, List<LogFile.Entry> entries, int index) {
        var entry = entries.get(index);
        var batch = WriteBatch.parse(entry.bytes());
        switch (entry.state()) {
            case WHOLE -> {
                if (!batch.isComplete())
                    damage(name(file) + entry.position(), where(file, entry) + "a commit breaks off");
                batch.changes().forEach(this::add);
            }
            case TORN -> noteTorn(file, entry, entries.subList(0, index));
            case DAMAGED -> {
                var found = WriteBatch.salvage(entry.bytes(), Traces::isRow);
                damage(
                        name(file) + entry.position(),
                        where(file, entry) + "a commit of " + entry.bytes().length + " bytes cannot be read"
                                + held(found, entries, index));
                found.forEach(this::addIfWhole);
            }
        }
    }

    private static String where(Path file, LogFile.Entry entry) {
        return name(file) + " is damaged at byte " + entry.position() + ": ";
    }

    private void add(WriteBatch.Change change) {
        logged.add(new TableFile.Entry(change.key(), change.sequence(), change.value()));
    }

    /** A row whose own checksum is right says where it belongs. */
    private void addIfWhole(WriteBatch.Change change) {
        var index = Traces.indexOf(change);
        if (index == null) return;
        add(change);
        add(index);
    }

    /** What was in a commit, as far as its bytes tell, else between which others it stood. */
    private static String held(List<WriteBatch.Change> found, List<LogFile.Entry> entries, int index) {
        var rows = new TreeMap<Long, String>();
        for (var change : found) Traces.name(change.key(), change.value(), rows);
        if (!rows.isEmpty()) {
            String more = rows.size() > NAMED ? " and " + (rows.size() - NAMED) + " more" : "";
            return ", with " + rows.values().stream().limit(NAMED).collect(Collectors.joining(", ")) + more;
        }
        long before = lastOffset(entries.subList(0, index));
        long after = entries.subList(index + 1, entries.size()).stream()
                .flatMap(entry -> offsets(entry).stream())
                .min(Long::compare)
                .orElse(-1L);
        return (before < 0 ? "" : ", behind offset " + before) + (after < 0 ? "" : ", before offset " + after);
    }

    private static List<Long> offsets(LogFile.Entry entry) {
        var rows = new TreeMap<Long, String>();
        if (entry.isWhole()) {
            WriteBatch.parse(entry.bytes())
                    .changes()
                    .forEach(change -> Traces.name(change.key(), change.value(), rows));
        }
        return List.copyOf(rows.keySet());
    }

    private static long lastOffset(List<LogFile.Entry> entries) {
        return entries.stream()
                .flatMap(entry -> offsets(entry).stream())
                .max(Long::compare)
                .orElse(-1L);
    }

    private void noteTorn(Path file, LogFile.Entry entry, List<LogFile.Entry> before) {
        long last = lastOffset(before);
        String text = "The last commit was cut short by a crash: what there is of it in " + name(file) + " from byte "
                + entry.position() + " on" + (last < 0 ? "" : ", behind offset " + last + ",");
        if (closed == null) {
            findings.put(
                    name(file) + entry.position(),
                    new Finding(
                            false,
                            text
                                    + " does not count; it was not acknowledged, unless the file was cut by somebody else"));
        } else {
            damage(
                    name(file),
                    name(file) + " is damaged at byte " + entry.position() + ": it breaks off"
                            + (last < 0 ? "" : " behind offset " + last));
        }
    }

    /** What had been written when the journal was closed is still there. */
    private void checkEnd() {
        if (closed == null) return;
        long end = new EventStore(this).end();
        if (end < closed.end()) {
            damage("end", EventStore.gone(end, closed.end() - 1) + ": they were there when the journal was closed");
        }
    }

    /** Reads everything, whether somebody asks for it or not. */
    public void readAll() {
        for (var table : tables) {
            for (int i = 0; i < table.file().blocks().size(); i++) entries(table.file(), i);
        }
    }

    /** Entries that come in their order, from whichever file. A file is not looked into before its turn comes. */
    private static final class Cursor implements Comparable<Cursor> {
        private final Iterator<TableFile.Entry> entries;
        private TableFile.Entry head;
        private boolean isOpen;

        /** Nothing in it comes before {@code from}. */
        private Cursor(byte[] from, Iterator<TableFile.Entry> entries) {
            this.entries = entries;
            this.head = new TableFile.Entry(from, Long.MAX_VALUE, null);
        }

        /** Goes to the next entry, if there is one. */
        boolean advance() {
            isOpen = true;
            if (!entries.hasNext()) return false;
            head = entries.next();
            return true;
        }

        @Override
        public int compareTo(Cursor other) {
            return head.compareTo(other.head);
        }
    }

    private final class TableEntries implements Iterator<TableFile.Entry> {
        private final TableFile table;
        private final byte[] from;
        private int block;
        private Iterator<TableFile.Entry> entries = Collections.emptyIterator();

        private TableEntries(TableFile table, byte[] from) {
            this.table = table;
            this.from = from;
            while (block < table.blocks().size()
                    && Arrays.compareUnsigned(table.blocks().get(block).last(), from) < 0) block++;
        }

        @Override
        public boolean hasNext() {
            while (!entries.hasNext() && block < table.blocks().size()) {
                entries = entries(table, block++).stream()
                        .filter(entry -> Arrays.compareUnsigned(entry.key(), from) >= 0)
                        .iterator();
            }
            return entries.hasNext();
        }

        @Override
        public TableFile.Entry next() {
            if (!hasNext()) throw new NoSuchElementException();
            return entries.next();
        }
    }

    @Override
    public void scan(byte[] from, byte[] to, Visitor visitor) {
        var cursors = cursors(from, to);
        byte[] done = null;
        while (!cursors.isEmpty()) {
            var cursor = cursors.remove();
            var entry = cursor.head;
            if (Arrays.compareUnsigned(entry.key(), to) > 0) return;
            boolean isEntry = cursor.isOpen;
            if (cursor.advance()) cursors.add(cursor);
            if (!isEntry) continue;
            if (Arrays.equals(entry.key(), done)) continue;
            done = entry.key();
            if (entry.value() != null && !visitor.visit(entry.key(), entry.value())) return;
        }
    }

    private static boolean isBefore(byte[] from, Table table) {
        var blocks = table.file().blocks();
        return blocks.isEmpty()
                || Arrays.compareUnsigned(blocks.get(blocks.size() - 1).last(), from) < 0;
    }

    private PriorityQueue<Cursor> cursors(byte[] from, byte[] to) {
        var cursors = new PriorityQueue<Cursor>();
        for (var table : tables) {
            if (Arrays.compareUnsigned(table.firstKey(), to) > 0 || isBefore(from, table)) continue;
            byte[] begin = Arrays.compareUnsigned(table.firstKey(), from) < 0 ? from : table.firstKey();
            cursors.add(new Cursor(begin, new TableEntries(table.file(), from)));
        }
        int begin = Collections.binarySearch(logged, new TableFile.Entry(from, Long.MAX_VALUE, null));
        cursors.add(new Cursor(from, logged.listIterator(begin < 0 ? -begin - 1 : begin)));
        return cursors;
    }

    @Override
    public byte @Nullable [] get(byte[] key) {
        byte[][] found = {null};
        scan(key, key, (at, value) -> {
            found[0] = value;
            return false;
        });
        return found[0];
    }

    /** Nothing is written here. */
    @Override
    public CompletionStage<Void> write(List<Pair> batch) {
        return CompletableFuture.failedFuture(new IllegalStateException("The files are only read"));
    }

    @Override
    public String description() {
        return data + " (its files, read only)";
    }

    @Override
    public void close() {
        if (lock != null) lock.close();
    }
}
