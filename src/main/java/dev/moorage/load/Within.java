package dev.moorage.load;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Settings such as {@code phases.0.arrivals.rate = 200}: HOCON's own paths do not reach into lists. */
final class Within {
    private Within() {}

    /** Whether one part of a key is a number. */
    static boolean isIndexed(String key) {
        return ConfigUtil.splitPath(key).stream().anyMatch(Within::isNumber);
    }

    private static boolean isNumber(String part) {
        return part.matches("[0-9]{1,9}");
    }

    /** What is there goes: arrivals of another kind must not keep what those before them took. */
    static Config set(Config config, String key, String value) {
        var parsed = ConfigFactory.parseString("value = " + value)
                .resolveWith(config)
                .root();
        if (parsed.size() != 1) throw new BadWorkload("one value is taken, not " + value);
        return ((ConfigObject)
                        with(config.root(), ConfigUtil.splitPath(key), Objects.requireNonNull(parsed.get("value"))))
                .toConfig();
    }

    private static ConfigValue with(@Nullable ConfigValue where, List<String> path, ConfigValue value) {
        if (path.isEmpty()) return value;
        String first = path.get(0);
        var rest = path.subList(1, path.size());
        if (where instanceof ConfigList list) {
            if (!isNumber(first) || Integer.parseInt(first) >= list.size()) {
                throw new BadWorkload(
                        "there is no entry " + first + " in a list of " + list.size() + ", which are counted from 0");
            }
            var entries = new ArrayList<ConfigValue>(list);
            int index = Integer.parseInt(first);
            entries.set(index, with(list.get(index), rest, value));
            return ConfigValueFactory.fromIterable(entries);
        }
        var object = where instanceof ConfigObject known
                ? known
                : ConfigFactory.empty().root();
        return object.withValue(first, with(object.get(first), rest, value));
    }
}
