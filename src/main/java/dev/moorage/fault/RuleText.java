package dev.moorage.fault;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import dev.moorage.contract.AnyError;
import dev.moorage.contract.NearNames;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Progression;
import dev.moorage.domain.Rule;
import dev.moorage.domain.RuleEffect;
import dev.moorage.domain.RuleLimits;
import dev.moorage.domain.RuleMatch;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Rules as people write them. What cannot be meant is refused with a sentence, as an {@link IllegalArgumentException}:
 * what was expected, what came, and what may have been meant.
 */
public final class RuleText {
    /** What a rule has. */
    public static final List<String> PARTS = List.of("match", "effect", "share", "count", "from", "until", "perMinute");

    private static final List<String> MATCH = List.of(
            "actions",
            "diskIds",
            "instanceIds",
            "tag",
            "diskTag",
            "instanceTag",
            "instanceWithoutTag",
            "categories",
            "accounts",
            "callers",
            "statuses",
            "arguments",
            "attached",
            "others",
            "otherStatuses");
    private static final List<String> EFFECT = List.of(
            "error",
            "latency",
            "progression",
            "failsLate",
            "answer",
            "beforehand",
            "afterwards",
            "statusLag",
            "stale",
            "lock",
            "systemEvent");

    /** What the names of actions that change nothing begin with. */
    private static final List<String> READS = List.of("Describe", "List");

    private final Collection<String> actions;
    private final AnyError errors;

    /** For a simulation that knows these actions. */
    public RuleText(Collection<String> actions, AnyError errors) {
        this.actions = actions;
        this.errors = errors;
    }

    /** Reads one that has no id yet. */
    public Rule read(Config text, Instant now) {
        try {
            names("", text, PARTS);
            var match = match(section(text, "match"));
            var effect = effect(section(text, "effect"));
            return checked(new Rule("", "", match, effect, limits(text, now)));
        } catch (ConfigException e) {
            throw new IllegalArgumentException("The rule cannot be read: " + e.getMessage(), e);
        }
    }

    private RuleMatch match(Config text) {
        names("match.", text, MATCH);
        var match = new RuleMatch(
                strings(text, "actions"),
                strings(text, "diskIds"),
                strings(text, "instanceIds"),
                string(text, "tag"),
                string(text, "diskTag"),
                string(text, "instanceTag"),
                string(text, "instanceWithoutTag"),
                strings(text, "categories"),
                strings(text, "accounts"),
                strings(text, "callers"),
                strings(text, "statuses"),
                strings(text, "arguments"),
                string(text, "attached"),
                text.hasPath("others") ? text.getInt("others") : 0,
                strings(text, "otherStatuses"));
        for (var glob : match.actions()) {
            if (actions.stream().noneMatch(action -> Matching.glob(glob, action))) {
                throw none("match.actions", glob, actions);
            }
        }
        var statuses = Arrays.stream(DiskStatus.values()).map(DiskStatus::wire).toList();
        match.statuses().forEach(status -> oneOf("match.statuses", status, statuses));
        match.otherStatuses().forEach(status -> oneOf("match.otherStatuses", status, statuses));
        if (!match.attached().isEmpty()) oneOf("match.attached", match.attached(), RuleMatch.ATTACHED);
        for (var argument : match.arguments()) {
            if (argument.indexOf('=') < 1) {
                throw new IllegalArgumentException("match.arguments are Name=value, not " + argument);
            }
        }
        if (match.others() < 0) throw new IllegalArgumentException("match.others is 0 or more, not " + match.others());
        if (match.others() > 0 && match.otherStatuses().isEmpty()) {
            throw new IllegalArgumentException("match.others goes with match.otherStatuses, which is missing");
        }
        return match;
    }

    private RuleEffect effect(Config text) {
        names("effect.", text, EFFECT);
        return new RuleEffect(
                string(text, "error"),
                progression(text, "latency"),
                progression(text, "progression"),
                text.hasPath("failsLate") && text.getBoolean("failsLate"),
                string(text, "answer"),
                strings(text, "beforehand"),
                strings(text, "afterwards"),
                time(text, "statusLag"),
                time(text, "stale"),
                string(text, "lock"),
                string(text, "systemEvent"));
    }

    private static RuleLimits limits(Config text, Instant now) {
        double share = text.hasPath("share") ? text.getDouble("share") : 1;
        long count = text.hasPath("count") ? text.getLong("count") : 0;
        if (!(share > 0 && share <= 1)) {
            throw new IllegalArgumentException("share is above 0, up to 1, not " + share);
        }
        if (count < 0) throw new IllegalArgumentException("count is a whole number, 0 or more, not " + count);
        Long perMinute = text.hasPath("perMinute") ? text.getLong("perMinute") : null;
        if (perMinute != null && perMinute < 0) {
            throw new IllegalArgumentException("perMinute is a whole number, 0 or more, not " + perMinute);
        }
        return new RuleLimits(
                share,
                count,
                moment("from", string(text, "from"), now),
                moment("until", string(text, "until"), now),
                perMinute);
    }

    /** A moment of simulated time; or how long it is until then. Empty and {@code manual} are none. */
    static @Nullable Instant moment(String name, String text, Instant now) {
        if (text.isEmpty() || text.equals("manual")) return null;
        try {
            var duration = Progression.duration(text);
            return duration.isPresent() ? now.plus(duration.get()) : Instant.parse(text);
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(
                    name + " is manual, a length of time such as 10m or a moment such as 2026-01-02T03:04:05Z, not "
                            + text,
                    e);
        }
    }

    private Rule checked(Rule rule) {
        var effect = rule.effect();
        if (!effect.error().isEmpty() && !errors.codes().contains(effect.error())) {
            throw new IllegalArgumentException("effect.error is a code that some action has, not " + effect.error()
                    + meant(effect.error(), errors.codes()));
        }
        if (!effect.answer().isEmpty()) oneOf("effect.answer", effect.answer(), RuleEffect.ANSWERS);
        boolean slow = !effect.progression().isEmpty() || effect.failsLate();
        if (!effect.error().isEmpty() && (slow || !effect.answer().isEmpty())) {
            throw new IllegalArgumentException(
                    "effect.error answers instead of the call: progression, failsLate and answer do not go with it");
        }
        if (effect.isInstead() && slow) {
            throw new IllegalArgumentException("effect.answer " + effect.answer()
                    + " leaves the call without effect: progression and failsLate do not go with it");
        }
        boolean nothing = !effect.isInstead()
                && !slow
                && effect.answer().isEmpty()
                && effect.latency().isEmpty()
                && effect.beforehand().isEmpty()
                && effect.afterwards().isEmpty()
                && !effect.isForReaders();
        if (nothing) {
            throw new IllegalArgumentException("effect is missing: it has " + String.join(", ", EFFECT));
        }
        if (Progression.WORDS.containsKey(effect.latency()) && !effect.latency().equals("immediate")) {
            throw new IllegalArgumentException("effect.latency is a time that passes, not " + effect.latency());
        }
        if (effect.isForReaders()) checkForReaders(rule);
        var limits = rule.limits();
        if (limits.from() != null && limits.until() != null && !limits.from().isBefore(limits.until())) {
            throw new IllegalArgumentException("until comes after from, not at " + limits.until());
        }
        if (limits.perMinute() != null) checkPerMinute(rule);
        Operators.check(effect, actions);
        return rule;
    }

    private void checkForReaders(Rule rule) {
        var effect = rule.effect();
        if (!effect.lock().isEmpty()) {
            oneOf(
                    "effect.lock",
                    effect.lock(),
                    Arrays.stream(LockReason.values()).map(LockReason::wire).toList());
        }
        boolean onlyReads = !rule.match().actions().isEmpty()
                && actions.stream()
                        .filter(action -> Matching.anyGlob(rule.match().actions(), action))
                        .allMatch(action -> READS.stream().anyMatch(action::startsWith));
        if (!onlyReads) {
            throw new IllegalArgumentException("effect.statusLag, stale, lock and systemEvent are for what is read:"
                    + " match.actions are actions that begin with " + String.join(" or ", READS));
        }
        if (!effect.error().isEmpty()
                || !effect.progression().isEmpty()
                || effect.failsLate()
                || effect.answer().equals("ok")
                || effect.answer().equals("reset")) {
            throw new IllegalArgumentException("effect.statusLag, stale, lock and systemEvent change what is read:"
                    + " error, progression, failsLate and an answer without effect do not go with them");
        }
    }

    private static String time(Config text, String name) {
        String written = string(text, name);
        if (!written.isEmpty() && Progression.duration(written).isEmpty()) {
            throw new IllegalArgumentException("effect." + name + " is a length of time such as 500ms, not " + written);
        }
        return written;
    }

    /** Calls are counted before anything is known of what they are about. */
    private static void checkPerMinute(Rule rule) {
        var match = rule.match();
        var effect = rule.effect();
        var counted = RuleMatch.ofCalls(match.actions(), match.accounts(), match.callers());
        if (!match.equals(counted)) {
            throw new IllegalArgumentException(
                    "perMinute counts calls of an account: of match only actions, accounts and callers go with it");
        }
        if (!effect.equals(RuleEffect.ofError(effect.error())) || effect.error().isEmpty()) {
            throw new IllegalArgumentException("perMinute refuses calls: of effect only error goes with it");
        }
        if (rule.limits().share() < 1 || rule.limits().count() > 0) {
            throw new IllegalArgumentException("perMinute is for all calls beyond: share and count do not go with it");
        }
    }

    private static String progression(Config text, String name) {
        String written = string(text, name);
        if (written.isEmpty()) return "";
        try {
            return Progression.parse(written).toString();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("effect." + name + ": " + e.getMessage(), e);
        }
    }

    private static Config section(Config text, String name) {
        return text.hasPath(name) ? text.getConfig(name) : ConfigFactory.empty();
    }

    private static String string(Config text, String name) {
        return text.hasPath(name) ? Objects.requireNonNull(text.getString(name)) : "";
    }

    private static List<String> strings(Config text, String name) {
        return text.hasPath(name) ? text.getStringList(name) : List.of();
    }

    private static void names(String place, Config text, Collection<String> known) {
        for (var name : text.root().keySet()) {
            if (!known.contains(name)) throw none("a rule's " + place + "…", name, known);
        }
    }

    private static void oneOf(String place, String value, Collection<String> known) {
        if (!known.contains(value)) throw none(place, value, known);
    }

    static IllegalArgumentException none(String place, String value, Collection<String> known) {
        return new IllegalArgumentException(
                place + " is one of " + String.join(", ", known) + ", not " + value + meant(value, known));
    }

    private static String meant(String value, Collection<String> known) {
        return NearNames.nearest(value, known)
                .map(near -> ". Did you mean " + near + "?")
                .orElse("");
    }
}
