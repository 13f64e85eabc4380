package dev.moorage.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.cbor.databind.CBORMapper;
import com.fasterxml.jackson.dataformat.smile.databind.SmileMapper;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.Recorded;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a record costs in a format, on one thread.
 *
 * <p>The formats are compared by what they have to do with the same tree, since what comes before that, from events to
 * trees and back, is the same for all. How fast the product's codec is with it all, and with its checksum, is measured
 * beside them.
 */
record PayloadFormat(Format format, Effort effort) implements Measurement {
    private static final int DISKS = 1_000;

    enum Format {
        CODEC("EventCodec: events, JSON, checksum"),
        JSON("JSON of the tree"),
        CBOR("CBOR of the tree"),
        SMILE("Smile of the tree");

        private final String title;

        Format(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private interface Step<A, B> {
        B take(A from) throws IOException;
    }

    @Override
    public Map<String, Double> measure() throws IOException {
        var records = records();
        return switch (format) {
            case CODEC ->
                figures(
                        records,
                        record -> EventCodec.encode(
                                record.entity(), record.sequenceNr(), record.recordedAt(), record.event()),
                        bytes -> EventCodec.decode(0, bytes));
            case JSON -> ofTree(records, new JsonMapper());
            case CBOR -> ofTree(records, new CBORMapper());
            case SMILE -> ofTree(records, new SmileMapper());
        };
    }

    private Map<String, Double> ofTree(List<Recorded> records, ObjectMapper mapper) throws IOException {
        var trees = records.stream().<JsonNode>map(PayloadFormat::stored).toList();
        return figures(trees, mapper::writeValueAsBytes, mapper::readTree);
    }

    /** The record as the journal has it, where its offset is in the key. */
    private static JsonNode stored(Recorded record) {
        return EventCodec.tree(record).without("offset");
    }

    private static List<Recorded> records() {
        var records = new ArrayList<Recorded>();
        for (int disk = 0; disk < DISKS; disk++) {
            long sequenceNr = 1;
            for (var event : Samples.history(disk)) {
                records.add(new Recorded(0, Samples.disk(disk), sequenceNr++, Samples.recordedAt(event), event));
            }
        }
        return records;
    }

    private <T> Map<String, Double> figures(List<T> records, Step<T, byte[]> encode, Step<byte[], ?> decode)
            throws IOException {
        var encoded = new ArrayList<byte[]>();
        for (var record : records) encoded.add(encode.take(record));
        return Map.of(
                "bytesPerRecord",
                encoded.stream().mapToInt(bytes -> bytes.length).average().orElseThrow(),
                "encodedPerSecond",
                rate(records, encode),
                "decodedPerSecond",
                rate(encoded, decode));
    }

    private <A> double rate(List<A> from, Step<A, ?> step) throws IOException {
        repeat(from, step, effort.warmUpSeconds());
        long start = System.nanoTime();
        long done = repeat(from, step, effort.windowSeconds());
        return done / Measurement.secondsSince(start);
    }

    private static <A> long repeat(List<A> from, Step<A, ?> step, double seconds) throws IOException {
        long start = System.nanoTime();
        long done = 0;
        while (Measurement.secondsSince(start) < seconds) {
            for (var one : from) {
                if (step.take(one) == null) throw new IllegalStateException("Nothing came out");
            }
            done += from.size();
        }
        return done;
    }
}
