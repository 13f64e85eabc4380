package dev.moorage.contract;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What the vendor's ECS has, by name: the file {@code contract/ecs-actions.txt}. */
public final class EcsActions {
    private static final SortedSet<String> NAMES = load();

    private EcsActions() {}

    public static SortedSet<String> names() {
        return NAMES;
    }

    private static SortedSet<String> load() {
        var file = Objects.requireNonNull(EcsActions.class.getResourceAsStream("/contract/ecs-actions.txt"));
        try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
            return lines.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
