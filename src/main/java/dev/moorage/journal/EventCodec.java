package dev.moorage.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.EventName;
import dev.moorage.domain.InstanceId;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.zip.CRC32C;

/**
 * Events to bytes and back: four bytes of CRC-32C, then one JSON object.
 *
 * <p>{@code {"id":"Disk|d-1","seq":3,"at":"…","type":"disk.detaching","v":1,"event":{…}}}
 */
public final class EventCodec {
    /** Of every event, so far. */
    private static final int VERSION = 1;

    static final int CHECKSUM_BYTES = Integer.BYTES;

    private static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // Components of records only: what the domain derives from them does not belong in a journal.
            .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
            .addMixIn(DiskId.class, IdMixin.class)
            .addMixIn(InstanceId.class, IdMixin.class)
            .build();

    /** Ids are plain strings. The domain knows no JSON, so this is said here. */
    private abstract static class IdMixin {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        @SuppressWarnings("UnusedVariable")
        IdMixin(String value) {}

        @JsonValue
        abstract String value();
    }

    private EventCodec() {}

    /** What a reader of the journal sees of a domain's record, of an event in the journal, or of a part of either. */
    public static JsonNode tree(Object record) {
        return JSON.valueToTree(record);
    }

    /** An event as it stands in the journal, with its offset. */
    public static ObjectNode tree(Recorded recorded) {
        ObjectNode tree = JSON.createObjectNode().put("offset", recorded.offset());
        return tree.setAll(record(recorded.entity(), recorded.sequenceNr(), recorded.recordedAt(), recorded.event()));
    }

    public static byte[] encode(EntityId entity, long sequenceNr, Instant recordedAt, Event event) {
        byte[] json = json(entity, sequenceNr, recordedAt, event).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(CHECKSUM_BYTES + json.length)
                .putInt(checksum(json, 0))
                .put(json)
                .array();
    }

    /** The JSON alone. */
    public static String json(EntityId entity, long sequenceNr, Instant recordedAt, Event event) {
        return record(entity, sequenceNr, recordedAt, event).toString();
    }

    private static ObjectNode record(EntityId entity, long sequenceNr, Instant recordedAt, Event event) {
        var record = JSON.createObjectNode();
        record.put("id", PersistenceIds.of(entity));
        record.put("seq", sequenceNr);
        record.put("at", recordedAt.toString());
        record.put("type", EventName.of(event));
        record.put("v", VERSION);
        record.set("event", JSON.valueToTree(event));
        return record;
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws JournalDamaged if the checksum is wrong, or an event is not one that this build knows
     */
    public static Recorded decode(long offset, byte[] bytes) {
        if (!isIntact(bytes)) {
            throw new JournalDamaged("The record at offset " + offset + " is damaged: its checksum is wrong");
        }
        try {
            JsonNode record = JSON.readTree(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES);
            var type = EventName.classOf(record.required("type").asText());
            int version = record.required("v").asInt();
            if (version != VERSION) {
                throw new IllegalArgumentException("this build does not know version " + version + " of "
                        + EventName.of(type) + ": was it written by a newer one?");
            }
            Event event = JSON.treeToValue(record.required("event"), type);
            if (event == null) throw new IllegalArgumentException("it holds no event");
            return new Recorded(
                    offset,
                    PersistenceIds.parse(record.required("id").asText()),
                    record.required("seq").longValue(),
                    Instant.parse(record.required("at").asText()),
                    event);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new JournalDamaged("The record at offset " + offset + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** Its checksum is right. */
    static boolean isIntact(byte[] bytes) {
        return bytes.length >= CHECKSUM_BYTES && ByteBuffer.wrap(bytes).getInt() == checksum(bytes, CHECKSUM_BYTES);
    }

    private static int checksum(byte[] bytes, int from) {
        var crc = new CRC32C();
        crc.update(bytes, from, bytes.length - from);
        return (int) crc.getValue();
    }
}
