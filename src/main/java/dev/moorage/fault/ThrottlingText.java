package dev.moorage.fault;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigUtil;
import dev.moorage.domain.Throttling;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How many calls a minute there are, as people write it. What cannot be meant is refused with a sentence, as an
 * {@link IllegalArgumentException}.
 */
public final class ThrottlingText {
    private static final List<String> PARTS = List.of("code", "limits");
    private static final String SUFFIX = ".conf";
    private static final String SECTION = "moorage.throttling";

    private final Collection<String> actions;

    /** For a simulation that knows these actions. */
    public ThrottlingText(Collection<String> actions) {
        this.actions = actions;
    }

    public Throttling read(Config text) {
        try {
            for (var name : text.root().keySet()) {
                if (!PARTS.contains(name)) throw RuleText.none("throttling.…", name, PARTS);
            }
            String code = text.hasPath("code") ? text.getString("code") : Throttling.OFF.code();
            if (!Throttling.CODES.contains(code)) throw RuleText.none("throttling.code", code, Throttling.CODES);
            var limits = new TreeMap<String, Long>();
            if (text.hasPath("limits")) {
                var section = text.getConfig("limits");
                for (var pattern : section.root().keySet()) limits.put(pattern, limit(section, pattern));
            }
            return new Throttling(code, limits);
        } catch (ConfigException e) {
            throw new IllegalArgumentException("throttling cannot be read: " + e.getMessage(), e);
        }
    }

    private long limit(Config limits, String pattern) {
        if (actions.stream().noneMatch(action -> Matching.glob(pattern, action))) {
            throw RuleText.none("throttling.limits.…", pattern, actions);
        }
        String written = limits.getString(ConfigUtil.joinPath(pattern));
        if (!written.matches("[0-9]{1,9}")) {
            throw new IllegalArgumentException("throttling.limits." + pattern
                    + " is how many calls a minute there are, 0 or more, not " + written);
        }
        return Long.parseLong(written);
    }

    /**
     * What the files of a directory say under {@code moorage.throttling}, by their names; what is not there has none.
     *
     * @throws IllegalArgumentException if one cannot be read
     */
    public SortedMap<String, Throttling> profiles(Path directory) {
        var profiles = new TreeMap<String, Throttling>();
        if (!Files.isDirectory(directory)) return profiles;
        try (var files = Files.newDirectoryStream(directory, "*" + SUFFIX)) {
            for (var file : files) {
                String name = String.valueOf(file.getFileName());
                profiles.put(name.substring(0, name.length() - SUFFIX.length()), read(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return profiles;
    }

    private Throttling read(Path file) {
        try {
            var options = ConfigParseOptions.defaults().setAllowMissing(false);
            return read(
                    ConfigFactory.parseFile(file.toFile(), options).resolve().getConfig(SECTION));
        } catch (ConfigException | IllegalArgumentException e) {
            throw new IllegalArgumentException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
