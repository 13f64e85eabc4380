package dev.moorage.action;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Objects;

/** What the vendor sells, as it was published: files that are read once and never change. */
final class ReferenceData {
    private ReferenceData() {}

    static <T> List<T> read(String name, Class<T[]> rows) {
        try (InputStream file = ReferenceData.class.getResourceAsStream("/catalogue/" + name)) {
            return List.of(JsonMapper.builder().build().readValue(Objects.requireNonNull(file), rows));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
