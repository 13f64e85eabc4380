package dev.moorage.coverage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where actions are checked, as far as that can be read off the sources: test classes name what they call, and the suites
 * of clients keep lists of it.
 */
final class Checks {
    private final Map<String, String> tests = new TreeMap<>();
    private final Map<String, List<String>> callsOfClients = new TreeMap<>();

    private Checks() {}

    /**
     * Reads them.
     *
     * @param clients a directory for each client, with the actions that were called in {@code calls.txt}; need not exist
     */
    static Checks of(Path tests, Path clients) {
        var checks = new Checks();
        for (var file : files(tests, "Test.java")) {
            if (file.getParent().endsWith("coverage")) continue;
            String name = file.getFileName().toString().replace(".java", "");
            checks.tests.put(name, read(file));
        }
        for (var file : files(clients, "calls.txt")) {
            String client = file.getParent().getFileName().toString();
            checks.callsOfClients.put(
                    client, read(file).lines().map(String::strip).toList());
        }
        return checks;
    }

    /** The test classes that send an action, build a request for it with an SDK, or are named after it. */
    List<String> tests(String action) {
        var called = Pattern.compile("\"%1$s\"|\\bAction=%1$s\\b|\\b%1$sRequest\\b".formatted(action));
        var named = Pattern.compile(action + "(Http)?Test");
        return tests.entrySet().stream()
                .filter(test -> named.matcher(test.getKey()).matches()
                        || called.matcher(test.getValue()).find())
                .map(Map.Entry::getKey)
                .toList();
    }

    List<String> clients(String action) {
        return callsOfClients.entrySet().stream()
                .filter(client -> client.getValue().contains(action))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static List<Path> files(Path directory, String ending) {
        if (!Files.isDirectory(directory)) return List.of();
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(ending))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
