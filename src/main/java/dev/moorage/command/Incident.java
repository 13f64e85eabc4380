package dev.moorage.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Begins an incident, ends one, and lists them. */
@Command(
        name = "incident",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Begin an incident in a server that runs; without a name, list those that there are.",
        footer = {
            "",
            "Examples:",
            "  moorage incident",
            "  moorage incident stuck-detaching --disk d-23jbf2v5m",
            "  moorage incident server-errors --share 0.3 --until 5m",
            "  moorage incident drain-storm --set instances=3 --set disksEach=2",
            "  moorage incident --show drain-storm-1",
            "  moorage incident --end stuck-detaching-1",
            "  moorage incident --end all"
        })
public final class Incident implements Runnable {
    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The incident to begin.")
    private @Nullable String name;

    @Option(names = "--disk", paramLabel = "ID", description = "Only of this disk.")
    private @Nullable String disk;

    @Option(names = "--instance", paramLabel = "ID", description = "Only of this instance, or of disks on it.")
    private @Nullable String instance;

    @Option(
            names = "--tag",
            paramLabel = "KEY=VALUE",
            description = "Only where the disk or its instance has this tag.")
    private @Nullable String tag;

    @Option(names = "--share", paramLabel = "0..1", description = "Only this share of the calls.")
    private @Nullable Double share;

    @Option(names = "--count", paramLabel = "N", description = "Only the next N calls.")
    private @Nullable Integer count;

    @Option(
            names = "--until",
            paramLabel = "WHEN",
            description = "manual (the default), a duration such as 5m, or a simulated time.")
    private @Nullable String until;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another parameter of this incident.")
    private Map<String, String> others = new LinkedHashMap<>();

    @Option(
            names = "--end",
            paramLabel = "ID",
            description = "End this incident, all of this name, or all; what it holds up ends with it.")
    private @Nullable String end;

    @Option(names = "--show", paramLabel = "ID", description = "Tell of this incident, and of how far it has come.")
    private @Nullable String show;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        if (Stream.of(name, end, show).filter(Objects::nonNull).count() > 1) {
            throw NotDone.wrong("A NAME to begin, --end ID and --show ID do not go together");
        }
        if (end != null) {
            String path = end.equals("all") ? "incidents" : "incidents/" + Target.encoded(end);
            target.print(target.ask("DELETE", path, ""));
        } else if (show != null) {
            target.print(target.get("incidents/" + Target.encoded(show)));
        } else if (name == null) {
            list(target.get("incidents"));
        } else {
            target.print(target.ask("POST", "incidents/" + Target.encoded(name), parameters()));
        }
    }

    private String parameters() {
        var body = JsonNodeFactory.instance.objectNode();
        body.put("diskId", disk).put("instanceId", instance).put("tag", tag).put("until", until);
        if (share != null) body.put("share", share);
        if (count != null) body.put("count", count);
        others.forEach((key, value) -> body.set(key, value(value)));
        body.properties().removeIf(field -> field.getValue().isNull());
        return body.toString();
    }

    /** Numbers and truth values are what they look like, everything else is text. */
    private static JsonNode value(String text) {
        if (text.equals("true") || text.equals("false"))
            return JsonNodeFactory.instance.booleanNode(text.equals("true"));
        return text.matches("-?\\d{1,9}")
                ? JsonNodeFactory.instance.numberNode(Integer.parseInt(text))
                : JsonNodeFactory.instance.textNode(text);
    }

    private void list(JsonNode answer) {
        if (target.isJson()) {
            target.print(answer);
            return;
        }
        for (var incident : answer.path("incidents")) {
            target.line(String.format(
                    "%-22s  %s",
                    incident.path("name").asText(), incident.path("description").asText()));
        }
        for (var active : answer.path("active")) {
            target.line(active.path("id").asText() + " goes on since "
                    + active.path("since").asText());
        }
    }
}
