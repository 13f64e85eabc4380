package dev.moorage.domain;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How something that takes its time comes to its end. The text of each is what {@link #parse} reads. */
public sealed interface Progression {
    /** What the texts can be, for who wrote another one. */
    String FORMS = "immediate, manual, never, a duration such as 500ms, 60s, 2m or PT1M, uniform 30s 90s,"
            + " lognormal 60s 0.5 (median and sigma) or until 2026-01-02T03:04:05Z";

    /** When it ends if it begins now; empty if it does not end by itself. */
    Optional<Instant> due(Instant now, RandomGenerator chance);

    /** Always as long. */
    record After(Duration duration) implements Progression {
        @Override
        public Optional<Instant> due(Instant now, RandomGenerator chance) {
            return Optional.of(now.plus(duration));
        }

        @Override
        public String toString() {
            return duration.isZero() ? "immediate" : duration.toString();
        }
    }

    /** Each duration between two is as likely as any other. */
    record Uniform(Duration from, Duration to) implements Progression {
        @Override
        public Optional<Instant> due(Instant now, RandomGenerator chance) {
            double share = chance.nextDouble();
            return Optional.of(
                    now.plus(from).plusNanos((long) (share * to.minus(from).toNanos())));
        }

        @Override
        public String toString() {
            return "uniform " + from + " " + to;
        }
    }

    /**
     * Mostly about as long, and now and then much longer.
     *
     * @param median half are shorter
     * @param sigma of the logarithm; with 0.5, one in a hundred takes more than three times the median
     */
    record LogNormal(Duration median, double sigma) implements Progression {
        @Override
        public Optional<Instant> due(Instant now, RandomGenerator chance) {
            double nanos = median.toNanos() * Math.exp(sigma * chance.nextGaussian());
            return Optional.of(now.plusNanos((long) Math.min(nanos, (double) LONGEST.toNanos())));
        }

        @Override
        public String toString() {
            return "lognormal " + median + " " + sigma;
        }
    }

    /** At a moment of simulated time, or at once if that has passed. */
    record Until(Instant moment) implements Progression {
        @Override
        public Optional<Instant> due(Instant now, RandomGenerator chance) {
            return Optional.of(moment.isBefore(now) ? now : moment);
        }

        @Override
        public String toString() {
            return "until " + moment;
        }
    }

    /** Not by itself. */
    enum Held implements Progression {
        /** It waits for a hand, or for the end of the incident that holds it. */
        MANUAL,
        /** It waits for a hand, whatever ends. */
        NEVER;

        @Override
        public Optional<Instant> due(Instant now, RandomGenerator chance) {
            return Optional.empty();
        }

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Longer than anybody waits, and short enough to be added to any time. */
    Duration LONGEST = Duration.ofDays(3_650);

    /** The end comes with the beginning. */
    Progression IMMEDIATE = new After(Duration.ZERO);

    Map<String, Progression> WORDS = Map.of("immediate", IMMEDIATE, "manual", Held.MANUAL, "never", Held.NEVER);

    Pattern NUMBER_AND_UNIT = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,9})?)\\s*(ms|s|m|h|d)");
    Map<String, Duration> UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    /**
     * Reads one.
     *
     * @throws IllegalArgumentException if it is none; the message says what was expected and what came
     */
    static Progression parse(String text) {
        var word = WORDS.get(text.strip().toLowerCase(Locale.ROOT));
        if (word != null) return word;
        var parts = text.strip().split("\\s+");
        Progression progression = switch (parts[0].toLowerCase(Locale.ROOT)) {
            case "uniform" -> uniform(parts);
            case "lognormal" -> logNormal(parts);
            case "until" -> until(parts);
            default -> duration(text).map(After::new).orElse(null);
        };
        if (progression == null) throw new IllegalArgumentException("It is " + FORMS + ", not " + text);
        return progression;
    }

    /** A duration, such as {@code 60s}, {@code 1.5 h} or {@code PT1M30S}; empty if it is none, or a negative one. */
    static Optional<Duration> duration(String text) {
        Matcher simple = NUMBER_AND_UNIT.matcher(text.strip());
        try {
            var duration = simple.matches()
                    ? Duration.ofNanos(Math.round(Double.parseDouble(simple.group(1))
                            * UNITS.getOrDefault(simple.group(2), Duration.ZERO).toNanos()))
                    : Duration.parse(text.strip());
            return Optional.of(duration).filter(it -> !it.isNegative() && it.compareTo(LONGEST) <= 0);
        } catch (DateTimeException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    private static @Nullable Progression uniform(String[] parts) {
        var from = parts.length == 3 ? duration(parts[1]) : Optional.<Duration>empty();
        var to = parts.length == 3 ? duration(parts[2]) : Optional.<Duration>empty();
        boolean whole = from.isPresent() && to.isPresent() && from.get().compareTo(to.get()) <= 0;
        return whole ? new Uniform(from.get(), to.get()) : null;
    }

    private static @Nullable Progression logNormal(String[] parts) {
        var median = parts.length == 3 ? duration(parts[1]) : Optional.<Duration>empty();
        if (median.isEmpty() || !parts[2].matches("\\d(\\.\\d{1,6})?")) return null;
        return new LogNormal(median.get(), Double.parseDouble(parts[2]));
    }

    private static @Nullable Progression until(String[] parts) {
        try {
            return parts.length == 2 ? new Until(Instant.parse(parts[1])) : null;
        } catch (DateTimeException e) {
            return null;
        }
    }
}
