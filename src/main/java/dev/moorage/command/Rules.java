package dev.moorage.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigRenderOptions;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists rules, adds one of one's own, and takes it away. */
@Command(
        name = "rules",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List the rules in force in a server that runs, add one of your own, or take it away.",
        footer = {
            "",
            "Examples:",
            "  moorage rules",
            "  moorage rules add match.actions=DetachDisk effect.error=InternalError share=0.3",
            "  moorage rules add 'match { actions = [AttachDisk], categories = [cloud_essd] }' effect.latency=2s",
            "  moorage rules add --file rule.conf",
            "  moorage rules delete rule-1",
            "  moorage rules delete all"
        })
public final class Rules implements Runnable {
    private static final List<String> LISTS = List.of(
            "match.actions",
            "match.diskIds",
            "match.instanceIds",
            "match.categories",
            "match.accounts",
            "match.callers",
            "match.statuses",
            "match.otherStatuses",
            "effect.beforehand",
            "effect.afterwards");

    private static final Set<String> NOTHING = Set.of("", "0", "false");

    @Parameters(index = "0", defaultValue = "list", paramLabel = "WHAT", description = "list, add or delete.")
    private String what = "list";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "PART",
            description = "Of a rule to add: KEY=VALUE, or a line of HOCON. The id of one to delete, or all.")
    private List<String> parts = List.of();

    @Option(names = "--file", paramLabel = "FILE", description = "A rule to add, in JSON or HOCON.")
    private @Nullable Path file;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        if (file != null && !what.equals("add")) throw NotDone.wrong("--file is a rule to add: it goes with add");
        switch (what) {
            case "list" -> list();
            case "add" -> target.print(target.ask("POST", "rules", rule()));
            case "delete" -> delete();
            default -> throw NotDone.wrong("A rule is to list, to add or to delete, not to " + what);
        }
    }

    private void list() {
        if (!parts.isEmpty()) throw NotDone.wrong("list takes nothing: it does not go with " + parts.get(0));
        var answer = target.get("rules");
        if (target.isJson()) {
            target.print(answer);
            return;
        }
        if (answer.path("rules").isEmpty()) target.line("There are no rules");
        for (var rule : answer.path("rules")) target.line(line(rule));
    }

    private static String line(JsonNode rule) {
        return String.format(
                "%-26s  %s  ->  %s, applied %d times",
                rule.path("id").asText(),
                said(rule.path("match"), "all calls"),
                said(rule.path("effect"), "nothing"),
                rule.path("applied").asLong());
    }

    private static String said(JsonNode section, String otherwise) {
        String said = section.properties().stream()
                .filter(field -> saysSomething(field.getValue()))
                .map(field -> field.getKey() + " " + shown(field.getValue()))
                .collect(Collectors.joining(", "));
        return said.isEmpty() ? otherwise : said;
    }

    private static boolean saysSomething(JsonNode value) {
        return value.isContainerNode() ? !value.isEmpty() : !NOTHING.contains(value.asText());
    }

    private static String shown(JsonNode value) {
        return value.isValueNode() ? value.asText() : value.toString().replace("\"", "");
    }

    private String rule() {
        if (file != null && !parts.isEmpty()) {
            throw NotDone.wrong("--file says it all: it does not go with " + parts.get(0));
        }
        if (file == null && parts.isEmpty()) {
            throw NotDone.wrong("Which rule? Say it behind add, such as effect.error=InternalError, or with --file");
        }
        try {
            var rule = file == null ? written() : ConfigFactory.parseFile(file.toFile(), mustBeThere());
            return rule.resolve().root().render(ConfigRenderOptions.concise());
        } catch (ConfigException e) {
            throw NotDone.wrong("The rule cannot be read: " + e.getMessage());
        }
    }

    private static ConfigParseOptions mustBeThere() {
        return ConfigParseOptions.defaults().setAllowMissing(false);
    }

    private Config written() {
        var all = ConfigFactory.empty();
        for (var part : parts) all = ConfigFactory.parseString(line(part)).withFallback(all);
        return all;
    }

    /** A list of one can be written like a text, and a text with what it is without quotes. */
    private static String line(String part) {
        int equals = part.indexOf('=');
        String key = equals < 0 ? "" : part.substring(0, equals).strip();
        if (!key.matches("[A-Za-z.]+")) return part;
        String value = part.substring(equals + 1).strip();
        if (value.startsWith("[") || value.startsWith("{") || value.startsWith("\"")) return part;
        String quoted = "\"" + value.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
        return key + " = " + (LISTS.contains(key) ? "[" + quoted + "]" : quoted);
    }

    private void delete() {
        if (parts.size() != 1) throw NotDone.wrong("Which rule? Say its id behind delete, or all");
        String id = parts.get(0);
        target.print(target.ask("DELETE", id.equals("all") ? "rules" : "rules/" + Target.encoded(id), ""));
    }
}
