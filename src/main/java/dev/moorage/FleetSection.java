package dev.moorage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigOrigin;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** One object of a fleet file: reads its keys, and knows where it stands when one of them is wrong. */
record FleetSection(Config config) {
    static FleetSection of(Config config, Set<String> keys) {
        var section = new FleetSection(config);
        config.root().forEach((key, value) -> {
            if (keys.contains(key)) return;
            throw new FleetProblem(value.origin(), "there is no key " + key + " here, only " + String.join(", ", keys));
        });
        return section;
    }

    /** What is wrong with the value of a key. */
    FleetProblem problem(String key, String problem) {
        return new FleetProblem(config.getValue(key).origin(), problem);
    }

    ConfigOrigin place() {
        return config.root().origin();
    }

    List<FleetSection> sections(String key, Set<String> keys) {
        if (!config.hasPath(key)) return List.of();
        return reading(() -> config.getConfigList(key).stream()
                .<FleetSection>map(element -> of(element, keys))
                .toList());
    }

    Optional<FleetSection> section(String key, Set<String> keys) {
        return config.hasPath(key) ? Optional.of(reading(() -> of(config.getConfig(key), keys))) : Optional.empty();
    }

    Optional<String> text(String key) {
        return config.hasPath(key) ? Optional.of(reading(() -> config.getString(key))) : Optional.empty();
    }

    String required(String key) {
        return text(key).orElseThrow(() -> new FleetProblem(place(), "the key " + key + " is missing"));
    }

    List<String> texts(String key) {
        return config.hasPath(key) ? reading(() -> config.getStringList(key)) : List.of();
    }

    int number(String key, int otherwise) {
        return config.hasPath(key) ? reading(() -> config.getInt(key)) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        return config.hasPath(key) ? reading(() -> config.getBoolean(key)) : otherwise;
    }

    Optional<Duration> duration(String key) {
        return config.hasPath(key) ? Optional.of(reading(() -> config.getDuration(key))) : Optional.empty();
    }

    /** One of the values of an enum, by its name on the wire, in any case of letters. */
    <T> T oneOf(String key, T otherwise, T[] values, Function<T, String> wire) {
        var name = text(key);
        return name.isEmpty() ? otherwise : oneOf(key, name.get(), values, wire);
    }

    <T> T oneOf(String key, String name, T[] values, Function<T, String> wire) {
        return Arrays.stream(values)
                .filter(value -> wire.apply(value).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new FleetProblem(
                        config.getValue(key).origin(),
                        "there is no " + key + " " + name + ", only "
                                + Arrays.stream(values).map(wire).collect(Collectors.joining(", "))));
    }

    private interface Reading<T> {
        T read();
    }

    private static <T> T reading(Reading<T> reading) {
        try {
            return reading.read();
        } catch (ConfigException e) {
            throw new FleetProblem(String.valueOf(e.getMessage()));
        }
    }
}
