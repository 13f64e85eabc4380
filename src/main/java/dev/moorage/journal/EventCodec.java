package dev.moorage.journal;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.ByteArrayBuilder;
import com.fasterxml.jackson.databind.AnnotationIntrospector;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.cfg.MapperBuilder;
import com.fasterxml.jackson.databind.introspect.JacksonAnnotationIntrospector;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.EventName;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.SnapshotId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Events to bytes and back: four bytes of CRC-32C, then one JSON object.
 *
 * <p>{@code {"id":"Disk|d-1","seq":3,"at":"…","type":"disk.detaching","v":1,"event":{…}}}
 */
public final class EventCodec {
    /** The event of another persistent actor: its own bytes, in base64. */
    private static final String FOREIGN = "akka.message";

    static final int CHECKSUM_BYTES = Integer.BYTES;

    private static final ObjectMapper JSON = configured(JsonMapper.builder()).build();

    private static final Map<Class<?>, ObjectWriter> WRITERS = new ConcurrentHashMap<>();
    private static final Map<Class<?>, ObjectReader> READERS = new ConcurrentHashMap<>();

    /** Ids are plain strings. The domain knows no JSON, so this is said here. */
    private abstract static class IdMixin {
        @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
        @SuppressWarnings("UnusedVariable")
        IdMixin(String value) {}

        @JsonValue
        abstract String value();
    }

    private EventCodec() {}

    /** How the domain's records are written, whatever the format. */
    static <M extends ObjectMapper, B extends MapperBuilder<M, B>> B configured(B mapper) {
        return mapper.addModule(InstantFormat.module())
                .annotationIntrospector(
                        AnnotationIntrospector.pair(new LaterComponents(), new JacksonAnnotationIntrospector()))
                .disable(SerializationFeature.FLUSH_AFTER_WRITE_VALUE)
                // Components of records only: what the domain derives from them does not belong in a journal.
                .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
                .defaultPropertyInclusion(
                        JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.USE_DEFAULTS))
                .addMixIn(DiskId.class, IdMixin.class)
                .addMixIn(InstanceId.class, IdMixin.class)
                .addMixIn(SnapshotId.class, IdMixin.class);
    }

    /** What a reader of the journal sees of a domain's record, of an event in the journal, or of a part of either. */
    public static JsonNode tree(Object record) {
        return JSON.valueToTree(record);
    }

    /** An event as it stands in the journal, with its offset. */
    public static ObjectNode tree(Recorded recorded) {
        ObjectNode tree = JSON.createObjectNode().put("offset", recorded.offset());
        var event = recorded.event();
        String type = EventName.of(event);
        tree.put("id", PersistenceIds.of(recorded.entity()));
        tree.put("seq", recorded.sequenceNr());
        tree.put("at", recorded.recordedAt().toString());
        tree.put("type", type);
        tree.put("v", Upcasts.ALL.currentVersion(type));
        tree.set("event", JSON.valueToTree(event));
        return tree;
    }

    public static byte[] encode(EntityId entity, long sequenceNr, Instant recordedAt, Event event) {
        return encode(PersistenceIds.of(entity), sequenceNr, recordedAt, event);
    }

    static byte[] encode(String persistenceId, long sequenceNr, Instant recordedAt, Event event) {
        String type = EventName.of(event);
        return encode(
                persistenceId,
                sequenceNr,
                recordedAt,
                type,
                Upcasts.ALL.currentVersion(type),
                json -> writer(event.getClass()).writeValue(json, event));
    }

    static byte[] encodeForeign(String persistenceId, long sequenceNr, Instant recordedAt, byte[] message) {
        return encode(persistenceId, sequenceNr, recordedAt, FOREIGN, 1, json -> json.writeBinary(message));
    }

    private interface Payload {
        void writeTo(JsonGenerator json) throws IOException;
    }

    private static byte[] encode(
            String persistenceId, long sequenceNr, Instant recordedAt, String type, int version, Payload payload) {
        try (var bytes = new ByteArrayBuilder(512);
                var json = JSON.createGenerator(bytes)) {
            bytes.write(new byte[CHECKSUM_BYTES]);
            json.writeStartObject();
            json.writeStringField("id", persistenceId);
            json.writeNumberField("seq", sequenceNr);
            json.writeStringField("at", InstantFormat.format(recordedAt));
            json.writeStringField("type", type);
            json.writeNumberField("v", version);
            json.writeFieldName("event");
            payload.writeTo(json);
            json.writeEndObject();
            json.flush();
            byte[] record = bytes.toByteArray();
            ByteBuffer.wrap(record).putInt(checksum(record));
            return record;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ObjectWriter writer(Class<?> type) {
        var known = WRITERS.get(type);
        return known != null ? known : WRITERS.computeIfAbsent(type, JSON::writerFor);
    }

    private static ObjectReader reader(Class<?> type) {
        var known = READERS.get(type);
        return known != null ? known : READERS.computeIfAbsent(type, JSON::readerFor);
    }

    /** The JSON alone. */
    public static String json(EntityId entity, long sequenceNr, Instant recordedAt, Event event) {
        return json(encode(entity, sequenceNr, recordedAt, event));
    }

    /** The JSON of an encoded event. */
    public static String json(byte[] bytes) {
        return new String(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES, StandardCharsets.UTF_8);
    }

    /**
     * Reads what {@link #encode} wrote.
     *
     * @throws JournalDamaged if the checksum is wrong, or an event is not one that this build knows
     */
    public static Recorded decode(long offset, byte[] bytes) {
        if (decodeAny(offset, bytes) instanceof Recorded recorded) return recorded;
        throw new JournalDamaged("The record at offset " + offset + " is of neither a disk nor an instance");
    }

    /**
     * Reads an event of whatever persistent actor.
     *
     * @throws JournalDamaged if the checksum is wrong, or an event is not one that this build knows
     */
    static Stored decodeAny(long offset, byte[] bytes) {
        if (!isIntact(bytes)) {
            throw new JournalDamaged("The record at offset " + offset + " is damaged: its checksum is wrong");
        }
        try (var json = JSON.createParser(bytes, CHECKSUM_BYTES, bytes.length - CHECKSUM_BYTES)) {
            return read(offset, json);
        } catch (IOException | IllegalArgumentException | DateTimeException e) {
            throw new JournalDamaged("The record at offset " + offset + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Stored read(long offset, JsonParser json) throws IOException {
        String id = null;
        long sequenceNr = 0;
        Instant at = null;
        String type = null;
        int version = 0;
        Object event = null;
        if (json.nextToken() != JsonToken.START_OBJECT) throw new IllegalArgumentException("it is no JSON object");
        for (String field = json.nextFieldName(); field != null; field = json.nextFieldName()) {
            json.nextToken();
            switch (field) {
                case "id" -> id = json.getText();
                case "seq" -> sequenceNr = json.getLongValue();
                case "at" -> at = InstantFormat.parse(json.getText());
                case "type" -> type = json.getText();
                case "v" -> version = json.getIntValue();
                case "event" -> event = readEvent(json, required("type", type), version);
                default -> json.skipChildren();
            }
        }
        return stored(offset, required("id", id), sequenceNr, required("at", at), required("event", event));
    }

    private static Stored stored(long offset, String id, long sequenceNr, Instant at, Object event) {
        return event instanceof Event fact
                ? new Recorded(offset, PersistenceIds.parse(id), sequenceNr, at, fact)
                : new Stored.Foreign(offset, id, sequenceNr, at, (byte[]) event);
    }

    private static <T> T required(String field, @Nullable T value) {
        if (value == null) throw new IllegalArgumentException("it has no " + field);
        return value;
    }

    private static Object readEvent(JsonParser json, String type, int version) throws IOException {
        if (type.equals(FOREIGN)) return json.getBinaryValue();
        var event = EventName.classOf(type);
        if (json.currentToken() != JsonToken.START_OBJECT) throw new IllegalArgumentException("it holds no event");
        if (version == Upcasts.ALL.currentVersion(type)) return reader(event).readValue(json);
        ObjectNode tree = JSON.readTree(json);
        return reader(event).readValue(Upcasts.ALL.upcast(type, version, tree));
    }

    /** Its checksum is right. */
    static boolean isIntact(byte[] bytes) {
        return bytes.length >= CHECKSUM_BYTES && ByteBuffer.wrap(bytes).getInt() == checksum(bytes);
    }

    private static int checksum(byte[] record) {
        var crc = new CRC32C();
        crc.update(record, CHECKSUM_BYTES, record.length - CHECKSUM_BYTES);
        return (int) crc.getValue();
    }
}
