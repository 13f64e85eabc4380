package dev.moorage.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The workloads that come with Moorage, and those that are in files elsewhere. */
public final class Workloads {
    private static final String SUFFIX = ".conf";

    private Workloads() {}

    /** One of those that there are, or a file. */
    public static Path file(String name) {
        var ready = directory().resolve(name + SUFFIX);
        if (Files.isRegularFile(ready)) return ready;
        var file = Path.of(name);
        if (Files.isRegularFile(file)) return file;
        throw new BadWorkload("There is no workload " + name + ", but " + String.join(", ", names()));
    }

    public static List<String> names() {
        try (var files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NotRun("There is no directory " + directory());
        }
    }

    /** What the first line of its file says of it. */
    static String about(String name) {
        try (var lines = Files.lines(directory().resolve(name + SUFFIX))) {
            return lines.findFirst().orElse("").replaceFirst("^# *", "");
        } catch (IOException e) {
            throw new NotRun("The workload " + name + " cannot be read: " + e.getMessage());
        }
    }

    private static Path directory() {
        return Path.of(System.getProperty("moorage.home", "."), "conf", "workloads");
    }
}
