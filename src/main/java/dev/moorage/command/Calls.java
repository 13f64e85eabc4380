package dev.moorage.command;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the last calls. */
@Command(
        name = "calls",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "List the last calls of a server that runs, newest last, with what may have been meant.",
        footer = {"", "Examples:", "  moorage calls --limit 20", "  moorage calls --action DetachDisk --status 4xx"})
public final class Calls implements Runnable {
    @Option(names = "--action", paramLabel = "NAME", description = "Only of this action.")
    private @Nullable String action;

    @Option(names = "--code", paramLabel = "CODE", description = "Only those answered so; OK for those that succeeded.")
    private @Nullable String code;

    @Option(names = "--status", paramLabel = "STATUS", description = "Only of this HTTP status, or such as 4xx.")
    private @Nullable String status;

    @Option(names = "--caller", paramLabel = "KEY", description = "Only of this access key.")
    private @Nullable String caller;

    @Option(names = "--disk", paramLabel = "ID", description = "Only those that name this disk.")
    private @Nullable String disk;

    @Option(names = "--instance", paramLabel = "ID", description = "Only those that name this instance.")
    private @Nullable String instance;

    @Option(names = "--limit", paramLabel = "N", description = "At most so many (default 100).")
    private @Nullable Integer limit;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        var query = new LinkedHashMap<String, String>();
        put(query, "action", action);
        put(query, "code", code);
        put(query, "status", status);
        put(query, "caller", caller);
        put(query, "diskId", disk);
        put(query, "instanceId", instance);
        put(query, "limit", limit);
        var answer = target.get("calls?" + encoded(query));
        if (target.isJson()) {
            target.print(answer);
        } else {
            answer.path("calls").forEach(this::print);
        }
    }

    private static void put(Map<String, String> query, String name, @Nullable Object value) {
        if (value != null) query.put(name, value.toString());
    }

    private static String encoded(Map<String, String> query) {
        return query.entrySet().stream()
                .map(parameter -> parameter.getKey() + "=" + Target.encoded(parameter.getValue()))
                .collect(Collectors.joining("&"));
    }

    private void print(JsonNode call) {
        String hint = call.path("hint").asText();
        target.line(String.format(
                "%s  %s  %-24s %-12s %s %s%s",
                call.path("at").asText(),
                call.path("requestId").asText(),
                call.path("action").asText(),
                call.path("caller").asText(),
                call.path("status").asText(),
                call.path("code").asText(),
                hint.isEmpty() ? "" : "  (" + hint + ")"));
    }
}
