package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Story;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JsonLinesTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.678901234Z");

    private static byte[] value(int number) {
        var id = new DiskId("d-" + number);
        return EventCodec.encode(id, 1, AT, new DiskEvent.Created(new Story("R-" + number, "Zoë ☃", "CreateDisk", AT)));
    }

    private static String written(Map<Long, byte[]> rows) {
        var out = new ByteArrayOutputStream();
        var writer = new JsonLinesWriter(out);
        rows.forEach(writer::row);
        writer.end();
        return out.toString(UTF_8);
    }

    private static List<JsonLinesReader.Row> read(String text) throws JsonLinesReader.Broken {
        var reader = new JsonLinesReader(new ByteArrayInputStream(text.getBytes(UTF_8)));
        var rows = new ArrayList<JsonLinesReader.Row>();
        for (var row = reader.next(); row != null; row = reader.next()) rows.add(row);
        return rows;
    }

    @Test
    void aRowIsWhatIsStoredWithItsOffsetAndItsChecksum() {
        String text = written(new TreeMap<>(Map.of(7L, value(1))));
        assertThat(text.lines())
                .containsExactly(
                        "{\"moorage\":\"journal\",\"format\":1}",
                        "{\"offset\":7,\"crc\":\""
                                + "%08x".formatted(ByteBuffer.wrap(value(1)).getInt()) + "\","
                                + new String(value(1), 5, value(1).length - 5, UTF_8),
                        "{\"end\":true,\"events\":1,\"lastOffset\":7}");
    }

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        var rows = new TreeMap<Long, byte[]>();
        // More than fits into one buffer, and gaps.
        for (int i = 0; i < 1_000; i++) rows.put(3L * i, value(i));
        var read = read(written(rows));
        assertThat(read).extracting(JsonLinesReader.Row::offset).containsExactlyElementsOf(rows.keySet());
        for (var row : read) assertThat(row.value()).isEqualTo(rows.get(row.offset()));
    }

    @Test
    void nothingIsWrittenAndReadToo() throws Exception {
        assertThat(written(Map.of())).endsWith("{\"end\":true,\"events\":0,\"lastOffset\":-1}\n");
        assertThat(read(written(Map.of()))).isEmpty();
    }

    @Test
    void aLongLineIsReadWhole() throws Exception {
        var id = new DiskId("d-1");
        byte[] value = EventCodec.encode(
                id, 1, AT, new DiskEvent.Created(new Story("x".repeat(300_000), "testid", "CreateDisk", AT)));
        assertThat(read(written(Map.of(0L, value))).get(0).value()).isEqualTo(value);
    }

    @Test
    void aRecordThatIsDamagedWhereItIsStoredComesAsItIs() throws Exception {
        byte[] damaged = {1, 2, 3, 4, '{', '\n', (byte) 0xff, '}'};
        var rows = new TreeMap<>(Map.of(0L, value(0), 1L, damaged, 2L, new byte[0], 3L, value(3)));
        assertThat(read(written(rows))).extracting(JsonLinesReader.Row::value).containsExactlyElementsOf(rows.values());
        assertThatThrownBy(() -> EventCodec.decode(1, damaged)).hasMessageContaining("checksum");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            Zoë                       | Zoe                       | is damaged in line 2: its checksum is wrong
            "seq":1                   | "seq": 1                  | is damaged in line 2: its checksum is wrong
            {"offset":1               | {"offset":01,             | is damaged in line 3: an event should begin with {"offset":
            {"offset":1,              | {"offset":0,              | is damaged in line 3: its offset 0 does not come after 0
            "events":3                | "events":4                | has 3 events, and its last line says 4
            "lastOffset":2            | "lastOffset":3            | is damaged in line 5: the last offset is 2
            "format":1                | "format":2                | is in format 2, and this build knows format 1: was it written by a newer one?
            {"moorage":"journal"      | {"moorage":"log"          | is no export of a journal: its first line should begin with {"moorage":"journal"
            {"moorage":"journal"      | PK                        | is no export of a journal: its first line should begin with {"moorage":"journal"
            """)
    void whatWasChangedIsNoticed(String before, String after, String message) {
        String text = written(new TreeMap<>(Map.of(0L, value(0), 1L, value(1), 2L, value(2))));
        assertThat(text).contains(before);
        assertThatThrownBy(() -> read(text.replaceFirst(Pattern.quote(before), after)))
                .isInstanceOf(JsonLinesReader.Broken.class)
                .hasMessage(message);
    }

    @Test
    void whereverItIsCutOffThatIsNoticed() throws Exception {
        String text = written(new TreeMap<>(Map.of(0L, value(0), 1L, value(1))));
        byte[] bytes = text.getBytes(UTF_8);
        for (int length = 0; length < bytes.length; length++) {
            String cut = new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
            assertThatThrownBy(() -> read(cut))
                    .as("cut off after %s bytes", length)
                    .isInstanceOf(JsonLinesReader.Broken.class);
        }
        assertThatThrownBy(() -> read(text.substring(0, text.indexOf("{\"end\""))))
                .hasMessage("is cut off after line 3");
        assertThatThrownBy(() -> read(text + "{}\n")).hasMessage("goes on after its end in line 4");
    }

    @Test
    void aLineThatIsMissingIsNoticed() {
        String text = written(new TreeMap<>(Map.of(0L, value(0), 1L, value(1))));
        assertThatThrownBy(() -> read(text.replaceFirst("(?m)^\\{\"offset\":0.*\\n", "")))
                .hasMessage("has 1 events, and its last line says 2");
    }
}
