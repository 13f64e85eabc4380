package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A journal as text, to be kept elsewhere or sent: one JSON object a line.
 *
 * <pre>
 * {"moorage":"journal","format":1,"version":"0.1.0"}
 * {"offset":0,"crc":"5d1f0c3e","id":"Disk|d-1","seq":1,"at":"…","type":"disk.provisioned","v":1,"event":{…}}
 * {"end":true,"events":1,"lastOffset":0}
 * </pre>
 *
 * <p>A row is what is stored, byte for byte, behind its offset and its checksum. What is damaged where it is stored is no
 * text any more, and goes as {@code {"offset":0,"damaged":"BASE64"}}. Without events the last offset is -1.
 */
public final class JsonLinesWriter {
    static final int FORMAT = 1;

    private final OutputStream out;
    private long events;
    private long lastOffset = -1;

    /**
     * Begins.
     *
     * @throws UncheckedIOException from this and all that follows, if it cannot be written
     */
    public JsonLinesWriter(OutputStream out) {
        this.out = out;
        var header =
                JsonNodeFactory.instance.objectNode().put("moorage", "journal").put("format", FORMAT);
        String version = JsonLinesWriter.class.getPackage().getImplementationVersion();
        if (version != null) header.put("version", version);
        line(header);
    }

    /** Writes the next row. */
    public void row(long offset, byte[] value) {
        events++;
        lastOffset = offset;
        write(out, offset, value);
    }

    /** Writes the line of a row alone. */
    public static void write(OutputStream out, long offset, byte[] value) {
        try {
            out.write(("{\"offset\":" + offset).getBytes(US_ASCII));
            if (EventCodec.isIntact(value)) {
                String crc = HexFormat.of().formatHex(value, 0, EventCodec.CHECKSUM_BYTES);
                out.write((",\"crc\":\"" + crc + "\",").getBytes(US_ASCII));
                // The brace that the stored object begins with is there already.
                out.write(value, EventCodec.CHECKSUM_BYTES + 1, value.length - EventCodec.CHECKSUM_BYTES - 1);
            } else {
                String damaged = Base64.getEncoder().encodeToString(value);
                out.write((",\"damaged\":\"" + damaged + "\"}").getBytes(US_ASCII));
            }
            out.write('\n');
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says that this is all, so that one who reads less knows. */
    public void end() {
        line(JsonNodeFactory.instance
                .objectNode()
                .put("end", true)
                .put("events", events)
                .put("lastOffset", lastOffset));
    }

    private void line(JsonNode object) {
        try {
            out.write((object + "\n").getBytes(US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public long events() {
        return events;
    }

    /** The offset of the last row so far, or -1. */
    public long lastOffset() {
        return lastOffset;
    }
}
