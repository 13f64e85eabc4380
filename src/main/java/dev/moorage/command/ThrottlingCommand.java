package dev.moorage.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Says how many calls a minute there are, and changes it. */
@Command(
        name = "throttling",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Say how many calls a minute an account can make, or let there be more or fewer.",
        footer = {
            "",
            "Examples:",
            "  moorage throttling",
            "  moorage throttling vendor",
            "  moorage throttling set DetachDisk=500 'Describe*=1000' --code Throttling.User",
            "  moorage throttling off",
            "  moorage throttling configured"
        })
public final class ThrottlingCommand implements Runnable {
    private static final String WAYS = "show, off, set, configured, or a file of conf/throttling such as vendor";

    @Parameters(index = "0", defaultValue = "show", paramLabel = "WHAT", description = WAYS + ".")
    private String what = "show";

    @Parameters(
            index = "1..*",
            arity = "0..*",
            paramLabel = "ACTION=CALLS",
            description = "So many calls a minute; in the action's name * stands for any letters.")
    private List<String> limits = List.of();

    @Option(
            names = "--code",
            paramLabel = "CODE",
            description = "What those beyond hear: Throttling (the default), Throttling.User or Throttling.Api.")
    private @Nullable String code;

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        boolean sets = what.equals("set");
        if (sets && limits.isEmpty()) {
            throw NotDone.wrong("How many calls a minute? Say it behind set, such as DetachDisk=500");
        }
        if (!sets && (!limits.isEmpty() || code != null)) {
            throw NotDone.wrong("ACTION=CALLS and --code go with set: they do not go with " + what);
        }
        print(
                switch (what) {
                    case "show" -> target.get("throttling");
                    case "configured" -> target.ask("DELETE", "throttling", "");
                    case "off", "set" -> target.ask("PUT", "throttling", limits());
                    default ->
                        target.ask(
                                "PUT",
                                "throttling",
                                JsonNodeFactory.instance
                                        .objectNode()
                                        .put("profile", what)
                                        .toString());
                });
    }

    private String limits() {
        var body = JsonNodeFactory.instance.objectNode();
        var all = body.putObject("limits");
        for (var limit : limits) {
            int equals = limit.lastIndexOf('=');
            if (equals < 1) throw NotDone.wrong("set takes ACTION=CALLS, such as DetachDisk=500, not " + limit);
            all.put(limit.substring(0, equals), limit.substring(equals + 1));
        }
        if (code != null) body.put("code", code);
        return body.toString();
    }

    private void print(JsonNode answer) {
        if (target.isJson()) {
            target.print(answer);
            return;
        }
        if (answer.path("limits").isEmpty()) target.line("No calls are limited");
        for (var limit : answer.path("limits").properties()) {
            target.line(String.format(
                    "%-34s %6d a minute, then %s",
                    limit.getKey(),
                    limit.getValue().asLong(),
                    answer.path("code").asText()));
        }
        for (var window : answer.path("windows")) {
            String rule = window.path("rule").asText();
            target.line(String.format(
                    "%s of %s in %s: %d of %d%s, %d refused, until %s",
                    window.path("action").asText(),
                    window.path("account").asText(),
                    window.path("region").asText().isEmpty()
                            ? "no region"
                            : window.path("region").asText(),
                    window.path("used").asLong(),
                    window.path("limit").asLong(),
                    rule.isEmpty() ? "" : " by " + rule,
                    window.path("refused").asLong(),
                    window.path("until").asText()));
        }
    }
}
