package dev.moorage.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table for people: what it says comes first, and its columns line up. */
final class Table {
    private final String title;
    private final List<List<String>> rows = new ArrayList<>();

    Table(String title, List<String> header) {
        this.title = title;
        rows.add(header);
    }

    void row(List<String> cells) {
        rows.add(cells);
    }

    static String number(OptionalDouble value) {
        return value.isPresent() ? number(value.getAsDouble()) : "-";
    }

    /** With three digits or more. */
    static String number(double value) {
        return String.format(Locale.ROOT, value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f", value);
    }

    @Override
    public String toString() {
        return title + "\n\n" + rows.stream().map(this::line).collect(Collectors.joining("\n")) + "\n";
    }

    /** Names to the left, figures to the right. */
    private String line(List<String> row) {
        return IntStream.range(0, row.size())
                .mapToObj(column -> String.format(
                        column == 0 ? "  %-" + width(column) + "s" : "  %" + width(column) + "s", row.get(column)))
                .collect(Collectors.joining());
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElseThrow();
    }
}
