package dev.moorage.fault;

import dev.moorage.contract.ActionSpec;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Caller;
import dev.moorage.domain.RuleEffect;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The calls of an operator that a rule brings with it: {@code DeleteInstance InstanceId={instanceId} Force=true}, or
 * {@code complete}, or {@code nothing}.
 */
public final class Operators {
    /** Lets end what is under way on the disk that the call is about; and nothing at all. */
    public static final String COMPLETE = "complete";

    private static final String NOTHING = "nothing";
    private static final String NAME = "operator";

    private Operators() {}

    static void check(RuleEffect effect, Collection<String> actions) {
        Stream.concat(effect.beforehand().stream(), effect.afterwards().stream())
                .forEach(text -> {
                    var words = text.strip().split("\\s+", -1);
                    if (words.length == 1 && (words[0].equals(COMPLETE) || words[0].equals(NOTHING))) return;
                    if (!actions.contains(words[0])) throw RuleText.none("A call of a rule", words[0], actions);
                    for (int i = 1; i < words.length; i++) {
                        if (words[i].indexOf('=') < 1) {
                            throw new IllegalArgumentException(
                                    "A call of a rule is an action and Name=value after Name=value, not " + text);
                        }
                    }
                });
    }

    /** The call that is written there, on behalf of the one whose call brought it about; none, if its subject lacks a part. */
    public static Optional<Call> call(String text, Subject about, Call because, Map<String, ActionSpec> specs) {
        var words = text.strip().split("\\s+", -1);
        var spec = specs.get(words[0]);
        if (spec == null) return Optional.empty();
        var disk = about.disk();
        var instance = about.instance();
        var values = new LinkedHashMap<String, String>();
        for (int i = 1; i < words.length; i++) {
            int equals = words[i].indexOf('=');
            String value = words[i].substring(equals + 1)
                    .replace("{diskId}", disk == null ? "{" : disk.id().value())
                    .replace(
                            "{instanceId}",
                            instance == null ? "{" : instance.id().value());
            if (value.indexOf('{') >= 0) return Optional.empty();
            values.put(words[i].substring(0, equals), value);
        }
        var arguments = Arguments.of(values);
        if (arguments.check(spec.parameters()).isPresent()) return Optional.empty();
        var caller = new Caller(because.caller().account(), NAME);
        return Optional.of(new Call(spec, arguments, because.requestId(), caller, because.endpoint()));
    }
}
