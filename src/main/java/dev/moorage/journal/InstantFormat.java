package dev.moorage.journal;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdScalarSerializer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Month;
import java.time.Year;

/**
 * Instants as {@link Instant#toString} writes and {@link Instant#parse} reads them, of the years 1 to 9999. There are
 * three in every event, and with the JDK's formatter they take more than half the time that it takes to read one.
 */
final class InstantFormat {
    private static final int SECONDS_LENGTH = "2026-01-02T03:04:05".length();
    private static final int LONGEST = "2026-01-02T03:04:05.123456789Z".length();
    private static final int SECONDS_PER_DAY = 86_400;
    private static final long FIRST_SECOND = LocalDate.of(1, 1, 1).toEpochDay() * SECONDS_PER_DAY;
    private static final long LAST_SECOND = LocalDate.of(9_999, 12, 31).toEpochDay() * SECONDS_PER_DAY;

    private InstantFormat() {}

    /** For Jackson. */
    static SimpleModule module() {
        return new SimpleModule("instants")
                .addSerializer(new Serializer())
                .addDeserializer(Instant.class, new Deserializer());
    }

    static String format(Instant instant) {
        long second = instant.getEpochSecond();
        if (second < FIRST_SECOND || second > LAST_SECOND) return instant.toString();
        var date = LocalDate.ofEpochDay(Math.floorDiv(second, SECONDS_PER_DAY));
        int ofDay = Math.floorMod(second, SECONDS_PER_DAY);
        byte[] text = new byte[LONGEST];
        digits(text, 0, 4, date.getYear());
        text[4] = '-';
        digits(text, 5, 2, date.getMonthValue());
        text[7] = '-';
        digits(text, 8, 2, date.getDayOfMonth());
        text[10] = 'T';
        digits(text, 11, 2, ofDay / 3_600);
        text[13] = ':';
        digits(text, 14, 2, ofDay / 60 % 60);
        text[16] = ':';
        digits(text, 17, 2, ofDay % 60);
        int end = fraction(text, instant.getNano());
        text[end] = 'Z';
        return new String(text, 0, end + 1, StandardCharsets.ISO_8859_1);
    }

    /** Like the JDK: in groups of three, and as few as will do. */
    private static int fraction(byte[] text, int nanos) {
        if (nanos == 0) return SECONDS_LENGTH;
        text[SECONDS_LENGTH] = '.';
        int length = nanos % 1_000 != 0 ? 9 : nanos % 1_000_000 != 0 ? 6 : 3;
        digits(text, SECONDS_LENGTH + 1, length, length == 9 ? nanos : length == 6 ? nanos / 1_000 : nanos / 1_000_000);
        return SECONDS_LENGTH + 1 + length;
    }

    private static void digits(byte[] text, int at, int length, int number) {
        int rest = number;
        for (int i = at + length - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    /**
     * Reads an instant.
     *
     * @throws java.time.format.DateTimeParseException if it is none
     */
    static Instant parse(String text) {
        int end = text.length() - 1;
        if (end < SECONDS_LENGTH || end >= LONGEST || !hasForm(text, end)) return Instant.parse(text);
        int year = number(text, 0, 4);
        int month = number(text, 5, 7);
        int day = number(text, 8, 10);
        int hour = number(text, 11, 13);
        int minute = number(text, 14, 16);
        int second = number(text, 17, 19);
        int nanos = nanos(text, end);
        // Whatever else there is, such as 24:00 or a leap second, the JDK knows what to make of.
        boolean isPlain = isBelow(24, hour) && isBelow(60, minute) && isBelow(60, second) && nanos >= 0;
        if (!isPlain || !isDate(year, month, day)) return Instant.parse(text);
        long days = LocalDate.of(year, month, day).toEpochDay();
        return Instant.ofEpochSecond(days * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second, nanos);
    }

    private static boolean isDate(int year, int month, int day) {
        return year > 0
                && month >= 1
                && month <= 12
                && day >= 1
                && day <= Month.of(month).length(Year.isLeap(year));
    }

    private static boolean isBelow(int limit, int number) {
        return number >= 0 && number < limit;
    }

    private static boolean hasForm(String text, int end) {
        return text.charAt(4) == '-'
                && text.charAt(7) == '-'
                && text.charAt(10) == 'T'
                && text.charAt(13) == ':'
                && text.charAt(16) == ':'
                && text.charAt(end) == 'Z'
                && (end == SECONDS_LENGTH || (text.charAt(SECONDS_LENGTH) == '.' && end > SECONDS_LENGTH + 1));
    }

    private static int nanos(String text, int end) {
        if (end == SECONDS_LENGTH) return 0;
        int nanos = number(text, SECONDS_LENGTH + 1, end);
        for (int digits = end - SECONDS_LENGTH - 1; digits < 9; digits++) nanos *= 10;
        return nanos;
    }

    /** A number of digits only; something negative, if there is anything else. */
    private static int number(String text, int from, int to) {
        int number = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) return -1;
            number = 10 * number + digit;
        }
        return number;
    }

    private static final class Serializer extends StdScalarSerializer<Instant> {
        private static final long serialVersionUID = 1;

        Serializer() {
            super(Instant.class);
        }

        @Override
        public void serialize(Instant instant, JsonGenerator json, SerializerProvider provider) throws IOException {
            json.writeString(format(instant));
        }
    }

    private static final class Deserializer extends StdScalarDeserializer<Instant> {
        private static final long serialVersionUID = 1;

        Deserializer() {
            super(Instant.class);
        }

        @Override
        public Instant deserialize(JsonParser json, DeserializationContext context) throws IOException {
            return parse(json.getText());
        }
    }
}
