package dev.moorage.fault;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.moorage.domain.Rule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * An incident as its file describes it: {@code conf/incidents/NAME.conf}.
 *
 * @param clients what clients are expected to do, by client
 * @param parameters what it can be told, of {@link #TARGETS}
 * @param required of those, what it has to be told
 * @param knobs what else can be turned, with its default
 */
public record IncidentFile(
        String name,
        String description,
        SortedMap<String, String> clients,
        List<String> parameters,
        List<String> required,
        SortedMap<String, String> knobs,
        Config text) {

    /** What an incident can be told of where, how often and how long. */
    public static final List<String> TARGETS = List.of("diskId", "instanceId", "tag", "share", "count", "until");

    private static final String SUFFIX = ".conf";

    /**
     * Reads a directory; what is not there has none.
     *
     * @throws IllegalArgumentException if one cannot be read
     */
    public static SortedMap<String, IncidentFile> all(Path directory) {
        var all = new TreeMap<String, IncidentFile>();
        if (!Files.isDirectory(directory)) return all;
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                String fileName = file.getFileName().toString();
                String name = fileName.substring(0, fileName.length() - SUFFIX.length());
                all.put(name, read(name, file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return all;
    }

    private static IncidentFile read(String name, Path file) {
        try {
            var text = ConfigFactory.parseFile(
                    file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false));
            return new IncidentFile(
                    name,
                    text.getString("description"),
                    strings(text, "clients"),
                    text.getStringList("parameters"),
                    text.hasPath("required") ? text.getStringList("required") : List.of(),
                    strings(text, "knobs"),
                    text);
        } catch (ConfigException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static SortedMap<String, String> strings(Config text, String section) {
        var strings = new TreeMap<String, String>();
        if (text.hasPath(section)) {
            var part = text.getConfig(section);
            part.root().keySet().forEach(key -> strings.put(key, part.getString(key)));
        }
        return strings;
    }

    /**
     * The rules that it consists of, with what it was told.
     *
     * @throws IllegalArgumentException if it cannot be told that, with a sentence
     */
    public List<Rule> rules(Map<String, String> told, RuleText reader, Instant now) {
        var allowed = new TreeMap<>(knobs);
        parameters.forEach(parameter -> allowed.put(parameter, ""));
        for (var given : told.keySet()) {
            if (!allowed.containsKey(given)) throw RuleText.none("A parameter of " + name, given, allowed.keySet());
        }
        for (var needed : required) {
            if (!told.containsKey(needed)) throw new IllegalArgumentException(needed + " is missing: " + description);
        }
        try {
            var filled = text;
            for (var knob : knobs.keySet()) {
                if (told.containsKey(knob)) {
                    filled = filled.withValue("knobs." + knob, ConfigValueFactory.fromAnyRef(told.get(knob)));
                }
            }
            return filled.resolve().getConfigList("rules").stream()
                    // A knob that stands at nothing.
                    .filter(rule -> !rule.hasPath("share") || rule.getDouble("share") != 0)
                    .map(rule -> reader.read(targeted(rule, told), now))
                    .toList();
        } catch (ConfigException e) {
            throw new IllegalArgumentException(name + " cannot be begun so: " + e.getMessage(), e);
        }
    }

    /** What it was told, and the defaults of what it was not. */
    public SortedMap<String, String> with(Map<String, String> told) {
        var all = new TreeMap<>(knobs);
        all.putAll(told);
        return all;
    }

    private static Config targeted(Config rule, Map<String, String> told) {
        var targeted = rule;
        for (var target : told.entrySet()) {
            var value = ConfigValueFactory.fromAnyRef(target.getValue());
            targeted = switch (target.getKey()) {
                case "diskId" -> targeted.withValue("match.diskIds", listOf(target.getValue()));
                case "instanceId" -> targeted.withValue("match.instanceIds", listOf(target.getValue()));
                case "tag" -> targeted.withValue("match.tag", value);
                case "share", "count", "until" -> targeted.withValue(target.getKey(), value);
                default -> targeted;
            };
        }
        return targeted;
    }

    private static ConfigValue listOf(String one) {
        return ConfigValueFactory.fromIterable(List.of(one));
    }

    /** When it is over by itself; null if that is not said. */
    public static @Nullable Instant until(Map<String, String> told, Instant now) {
        return RuleText.moment("until", told.getOrDefault("until", ""), now);
    }
}
