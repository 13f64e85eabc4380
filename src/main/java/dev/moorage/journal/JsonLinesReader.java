package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads what {@link JsonLinesWriter} wrote, and sees that all of it is there and nothing has changed. */
public final class JsonLinesReader {
    /** This is not what was written. The message goes on from the name of what was read: "is no export of a journal". */
    public static final class Broken extends IOException {
        private static final long serialVersionUID = 1;

        private Broken(String message) {
            super(message);
        }
    }

    /**
     * A row as it is stored.
     *
     * @param value where {@link EventCodec#decode} finds it damaged, it was damaged before it was written here
     */
    public record Row(long offset, byte[] value) {}

    private static final Pattern ROW = Pattern.compile("\\{\"offset\":(\\d{1,18}),\"crc\":\"([0-9a-f]{8})\",");
    private static final int LONGEST_START = 64;
    private static final Pattern DAMAGED =
            Pattern.compile("\\{\"offset\":(\\d{1,18}),\"damaged\":\"([0-9A-Za-z+/]*={0,2})\"}");
    private static final String END = "{\"end\":";
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final LineInput lines;
    private long line;
    private long events;
    private long lastOffset = -1;

    /**
     * Reads the first line.
     *
     * @throws Broken if it is not one of a journal that this build can read
     */
    public JsonLinesReader(InputStream in) throws Broken {
        lines = new LineInput(in);
        byte[] first;
        try {
            first = lines.next();
        } catch (IOException e) {
            throw new Broken("is no export of a journal: " + e.getMessage());
        }
        line++;
        var header = first == null ? MissingNode.getInstance() : json(first);
        if (!header.path("moorage").asText().equals("journal")) {
            throw new Broken("is no export of a journal: its first line should begin with {\"moorage\":\"journal\"");
        }
        int format = header.path("format").asInt();
        if (format != JsonLinesWriter.FORMAT) {
            throw new Broken("is in format " + header.path("format").asText() + ", and this build knows format "
                    + JsonLinesWriter.FORMAT + ": was it written by a newer one?");
        }
    }

    /** The next row, or null after the last. */
    public @Nullable Row next() throws Broken {
        byte[] bytes = nextLine();
        if (bytes == null) throw new Broken("is cut off after line " + line);
        line++;
        String start = new String(bytes, 0, Math.min(bytes.length, LONGEST_START), ISO_8859_1);
        if (start.startsWith(END)) {
            checkEnd(json(bytes));
            return null;
        }
        var row = row(start, bytes);
        if (row.offset() <= lastOffset) {
            throw damaged("its offset " + row.offset() + " does not come after " + lastOffset);
        }
        events++;
        lastOffset = row.offset();
        return row;
    }

    private byte @Nullable [] nextLine() throws Broken {
        try {
            return lines.next();
        } catch (EOFException e) {
            return null;
        } catch (IOException e) {
            throw new Broken("breaks off after line " + line + ": " + e.getMessage());
        }
    }

    private Row row(String start, byte[] bytes) throws Broken {
        var row = ROW.matcher(start);
        if (row.lookingAt()) {
            // In place of the last byte in front of the rest comes the brace that the stored object begins with.
            int rest = row.end() - 1;
            byte[] value = ByteBuffer.allocate(EventCodec.CHECKSUM_BYTES + bytes.length - rest)
                    .put(HexFormat.of().parseHex(row.group(2)))
                    .put((byte) '{')
                    .put(bytes, rest + 1, bytes.length - rest - 1)
                    .array();
            if (!EventCodec.isIntact(value)) throw damaged("its checksum is wrong");
            return new Row(Long.parseLong(row.group(1)), value);
        }
        var damaged = DAMAGED.matcher(new String(bytes, ISO_8859_1));
        if (!damaged.matches()) throw damaged("an event should begin with {\"offset\":");
        try {
            return new Row(Long.parseLong(damaged.group(1)), Base64.getDecoder().decode(damaged.group(2)));
        } catch (IllegalArgumentException e) {
            throw damaged("it is no Base64");
        }
    }

    private void checkEnd(JsonNode end) throws Broken {
        long said = end.path("events").asLong(-1);
        if (said != events) throw new Broken("has " + events + " events, and its last line says " + said);
        if (end.path("lastOffset").asLong(Long.MIN_VALUE) != lastOffset) {
            throw damaged("the last offset is " + lastOffset);
        }
        if (nextLine() != null) throw new Broken("goes on after its end in line " + line);
    }

    private Broken damaged(String how) {
        return new Broken("is damaged in line " + line + ": " + how);
    }

    private static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        } catch (IOException e) {
            throw new IllegalStateException("Bytes in memory cannot be read", e);
        }
    }
}
