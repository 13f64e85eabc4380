package dev.moorage.contract;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What callers sent that the action does not have. It is ignored, as the vendor ignores it, but whoever misspelt
 * something can find it here. Values are not kept: they can be secrets.
 *
 * <p>Its size is bounded. Of what comes beyond only the calls are counted.
 */
public final class UnknownParameters {
    static final int MOST = 1_000;
    static final int LONGEST_NAME = 128;
    private static final int MOST_HINTS = 5;
    private static final Logger LOG = LoggerFactory.getLogger("dev.moorage.calls");

    /**
     * One parameter that one action does not have.
     *
     * @param parameter with {@code N} in the place of an index
     * @param firstSeen in real time
     */
    public record Seen(String action, String parameter, long calls, Instant firstSeen, String lastRequestId) {
        private Seen again(String requestId) {
            return new Seen(action, parameter, calls + 1, firstSeen, requestId);
        }
    }

    private record Place(String action, String parameter) {}

    private final Map<String, ParameterNames> known;
    private final Clock realClock;
    private final ConcurrentMap<Place, Seen> seen = new ConcurrentHashMap<>();
    private final LongAdder notListed = new LongAdder();

    UnknownParameters(Collection<ActionSpec> actions, Clock realClock) {
        this.known = actions.stream().collect(Collectors.toUnmodifiableMap(ActionSpec::action, ParameterNames::new));
        this.realClock = realClock;
    }

    /** What may have been meant by a parameter that an action does not have. */
    public Optional<String> near(String action, String parameter) {
        var names = known.get(action);
        return names == null ? Optional.empty() : names.near(parameter);
    }

    /** Each parameter that an action does not have, and what may have been meant. Empty if it has them all. */
    String hint(ActionSpec action, Map<String, String> parameters) {
        var names = Objects.requireNonNull(known.get(action.action()));
        return parameters.entrySet().stream()
                .filter(parameter -> isUnknown(names, parameter))
                .map(parameter -> said(action.action(), readable(parameter.getKey())))
                .distinct()
                .limit(MOST_HINTS)
                .collect(Collectors.joining(" "));
    }

    /** An empty value is no value. */
    private static boolean isUnknown(ParameterNames names, Map.Entry<String, String> parameter) {
        return !parameter.getValue().isEmpty() && !names.has(parameter.getKey());
    }

    private String said(String action, String parameter) {
        return action + " does not have " + parameter + "."
                + near(action, parameter)
                        .map(near -> " Did you mean " + near + "?")
                        .orElse("");
    }

    void look(ActionSpec action, Map<String, String> parameters, String requestId) {
        var names = Objects.requireNonNull(known.get(action.action()));
        for (var parameter : parameters.entrySet()) {
            if (isUnknown(names, parameter)) note(new Place(action.action(), readable(parameter.getKey())), requestId);
        }
    }

    private static String readable(String name) {
        return Printable.cut(ParameterNames.withoutIndexes(name), LONGEST_NAME);
    }

    private void note(Place place, String requestId) {
        if (seen.computeIfPresent(place, (same, before) -> before.again(requestId)) == null) add(place, requestId);
    }

    private synchronized void add(Place place, String requestId) {
        if (seen.size() >= MOST && !seen.containsKey(place)) {
            notListed.increment();
            return;
        }
        var now = realClock.instant().truncatedTo(ChronoUnit.MILLIS);
        var first = new Seen(place.action(), place.parameter(), 1, now, requestId);
        if (seen.merge(place, first, (before, one) -> before.again(requestId)).calls() > 1) return;
        LOG.atInfo()
                .addKeyValue("requestId", requestId)
                .addKeyValue("action", place.action())
                .addKeyValue("parameter", place.parameter())
                .log("{} {}", requestId, said(place.action(), place.parameter()));
        if (seen.size() == MOST) LOG.info("No more parameters that are not there are listed from here on");
    }

    /** What there was, by action and name. */
    public List<Seen> seen() {
        return seen.values().stream()
                .sorted(Comparator.comparing(Seen::action).thenComparing(Seen::parameter))
                .toList();
    }

    /** How often something came that had no place in the list any more. */
    public long notListed() {
        return notListed.sum();
    }
}
