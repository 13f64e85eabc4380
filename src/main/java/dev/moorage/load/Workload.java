package dev.moorage.load;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is to be asked of a server, as a file says it.
 *
 * @param timeScale of the server that is started for the run
 * @param settings of that server beside its time scale, without the {@code moorage} before each
 * @param connections at most; more are opened as they are needed
 * @param inFlight calls at most that wait for a connection or an answer; what arrives beyond is dropped
 * @param time after which nothing more is planned
 * @param settle how long is waited at the end for what is still on its way
 * @param rest before a disk is attached again after its detach was asked for
 */
public record Workload(
        String name,
        Fleet fleet,
        double timeScale,
        Config settings,
        long seed,
        int connections,
        int inFlight,
        Duration time,
        long calls,
        Duration settle,
        Duration pollEvery,
        Duration rest,
        List<Phase> phases,
        List<Condition> conditions) {

    /** Instances with as many data disks each. */
    public record Fleet(int instances, int disksPerInstance) {
        /** What the server has. */
        public static final Fleet EXISTING = new Fleet(0, 0);

        public long disks() {
            return (long) instances * disksPerInstance;
        }

        /** As a fleet file says it. */
        public String text() {
            return "generate = { instances = " + instances + ", disksPerInstance = " + disksPerInstance + " }\n";
        }
    }

    /**
     * A time with calls of one mixture.
     *
     * @param weights of the calls, which need not add up to anything
     */
    public record Phase(Arrivals arrivals, Duration duration, Map<Verb, Double> weights) {}

    /** When calls begin; rates are calls per second. */
    public sealed interface Arrivals {
        record Constant(double rate) implements Arrivals {}

        record Poisson(double rate) implements Arrivals {}

        record Ramp(double from, double to) implements Arrivals {}

        record Step(double from, double to, int steps) implements Arrivals {}

        /** All at the beginning of the phase: {@code count} calls, or as many as there are disks. */
        record Burst(int count) implements Arrivals {
            static final int ALL = 0;
        }

        /** So many workers, each of which waits for its answer, thinks, and asks again. */
        record Closed(int workers, Duration think, int count) implements Arrivals {}
    }

    private static final Set<String> KEYS =
            Set.of("fleet", "server", "seed", "connections", "limits", "poll", "rest", "phases", "assertions");
    private static final Map<String, Set<String>> SECTIONS = Map.of(
            "fleet", Set.of("instances", "disksPerInstance"),
            "server", Set.of("timeScale", "settings"),
            "limits", Set.of("time", "calls", "inFlight", "settle"));
    private static final Map<String, Set<String>> ARRIVALS = Map.of(
            "constant", Set.of("kind", "rate"),
            "poisson", Set.of("kind", "rate"),
            "ramp", Set.of("kind", "from", "to"),
            "step", Set.of("kind", "from", "to", "steps"),
            "burst", Set.of("kind", "count"),
            "closed", Set.of("kind", "workers", "think", "count"));
    private static final Config DEFAULTS = ConfigFactory.parseString("""
            fleet { instances = 250, disksPerInstance = 4 }
            server { timeScale = 1, settings {} }
            seed = 1
            connections = 64
            limits { time = 1h, calls = 10000000, inFlight = 2000000, settle = 5m }
            poll = 1s
            rest = 90s
            assertions = []
            """);

    /** Reads one, with settings that outdo the file's. What is wrong in it is said in a sentence. */
    public static Workload read(Path file, Map<String, String> settings) {
        String name = String.valueOf(file.getFileName()).replaceFirst("\\.conf$", "");
        try {
            var set = ConfigFactory.empty();
            var indexed = new LinkedHashMap<String, String>();
            for (var setting : settings.entrySet()) {
                String key = setting.getKey();
                if (Within.isIndexed(key)) indexed.put(key, setting.getValue());
                else
                    set = ConfigFactory.parseString(key + " = " + setting.getValue())
                            .withFallback(set);
            }
            var config =
                    set.withFallback(ConfigFactory.parseFile(file.toFile())).resolve();
            for (var setting : indexed.entrySet()) config = within(name, config, setting);
            return of(name, config);
        } catch (ConfigException e) {
            throw new BadWorkload(name + ": " + e.getMessage());
        }
    }

    private static Config within(String name, Config config, Map.Entry<String, String> setting) {
        try {
            return Within.set(config, setting.getKey(), setting.getValue());
        } catch (BadWorkload | ConfigException e) {
            throw new BadWorkload(name + ": " + setting.getKey() + ": " + e.getMessage());
        }
    }

    private static Workload of(String name, Config file) {
        knows(name, file, "It", KEYS);
        SECTIONS.forEach((section, keys) -> {
            if (file.hasPath(section) && !isExisting(file, section))
                knows(name, file.getConfig(section), section, keys);
        });
        var config = file.withFallback(DEFAULTS);
        var phases = new ArrayList<Phase>();
        for (var phase : config.getConfigList("phases")) phases.add(phase(name, phase));
        boolean isEndless = phases.stream()
                .limit(Math.max(0, phases.size() - 1))
                .anyMatch(phase -> phase.arrivals() instanceof Arrivals.Closed
                        && phase.duration().isZero());
        if (isEndless) {
            throw new BadWorkload(
                    name + ": a closed phase takes a duration if another follows, which begins after that");
        }
        if (phases.isEmpty()) throw new BadWorkload(name + ": phases must have at least one");
        var conditions = config.getStringList("assertions").stream()
                .map(text -> Condition.of(name, text))
                .toList();
        return new Workload(
                name,
                isExisting(config, "fleet")
                        ? Fleet.EXISTING
                        : new Fleet(
                                positive(name, config, "fleet.instances"),
                                positive(name, config, "fleet.disksPerInstance")),
                timeScale(name, config),
                config.getConfig("server.settings"),
                config.getLong("seed"),
                positive(name, config, "connections"),
                positive(name, config, "limits.inFlight"),
                time(name, config, "limits.time"),
                positive(name, config, "limits.calls"),
                time(name, config, "limits.settle"),
                time(name, config, "poll"),
                time(name, config, "rest"),
                List.copyOf(phases),
                conditions);
    }

    private static boolean isExisting(Config config, String path) {
        return config.getValue(path).unwrapped().equals("existing");
    }

    private static Phase phase(String name, Config phase) {
        knows(name, phase, "A phase", Set.of("arrivals", "duration", "calls"));
        var weights = new EnumMap<Verb, Double>(Verb.class);
        var calls = phase.getConfig("calls");
        for (String verb : calls.root().keySet()) {
            double weight = calls.getDouble(verb);
            if (!(weight > 0)) throw new BadWorkload(name + ": calls." + verb + " is a weight above 0, not " + weight);
            weights.put(verb(name, verb), weight);
        }
        if (weights.isEmpty()) throw new BadWorkload(name + ": calls must have at least one of " + verbs());
        var arrivals = arrivals(name, phase.getConfig("arrivals"));
        boolean isOver = arrivals instanceof Arrivals.Burst || arrivals instanceof Arrivals.Closed;
        var duration = isOver && !phase.hasPath("duration") ? Duration.ZERO : time(name, phase, "duration");
        return new Phase(arrivals, duration, weights);
    }

    private static Arrivals arrivals(String name, Config arrivals) {
        String kind = arrivals.getString("kind");
        var keys = ARRIVALS.get(kind);
        if (keys != null) knows(name, arrivals, kind, keys);
        return switch (kind) {
            case "constant" -> new Arrivals.Constant(rate(name, arrivals, "rate"));
            case "poisson" -> new Arrivals.Poisson(rate(name, arrivals, "rate"));
            case "ramp" -> new Arrivals.Ramp(rate(name, arrivals, "from"), rate(name, arrivals, "to"));
            case "step" ->
                new Arrivals.Step(
                        rate(name, arrivals, "from"), rate(name, arrivals, "to"), positive(name, arrivals, "steps"));
            case "burst" ->
                new Arrivals.Burst(arrivals.hasPath("count") ? positive(name, arrivals, "count") : Arrivals.Burst.ALL);
            case "closed" ->
                new Arrivals.Closed(
                        positive(name, arrivals, "workers"),
                        arrivals.hasPath("think") ? arrivals.getDuration("think") : Duration.ZERO,
                        positive(name, arrivals, "count"));
            default ->
                throw new BadWorkload(
                        name + ": arrivals.kind is one of constant, poisson, ramp, step, burst, closed, not " + kind);
        };
    }

    private static void knows(String name, Config config, String where, Set<String> keys) {
        for (String key : config.root().keySet()) {
            if (!keys.contains(key))
                throw new BadWorkload(name + ": " + where + " has no " + key + ", but "
                        + String.join(", ", keys.stream().sorted().toList()));
        }
    }

    private static double rate(String name, Config config, String key) {
        double rate = config.getDouble(key);
        if (!(rate > 0) || rate > 1e6) {
            throw new BadWorkload(name + ": " + key + " is calls per second, above 0 and at most 1000000, not " + rate);
        }
        return rate;
    }

    private static int positive(String name, Config config, String key) {
        int number = config.getInt(key);
        if (number < 1) throw new BadWorkload(name + ": " + key + " is at least 1, not " + number);
        return number;
    }

    private static double timeScale(String name, Config config) {
        double scale = config.getDouble("server.timeScale");
        if (!(scale > 0)) throw new BadWorkload(name + ": server.timeScale is above 0, not " + scale);
        return scale;
    }

    private static Duration time(String name, Config config, String key) {
        var time = config.getDuration(key);
        if (time.isNegative()) throw new BadWorkload(name + ": " + key + " is no time: " + time.toMillis() + " ms");
        return time;
    }

    private static Verb verb(String name, String word) {
        for (var verb : Verb.values()) if (verb.name().equalsIgnoreCase(word)) return verb;
        throw new BadWorkload(name + ": calls are of " + verbs() + ", not " + word);
    }

    private static String verbs() {
        return String.join(
                ", ",
                List.of(Verb.values()).stream()
                        .map(v -> v.name().toLowerCase(Locale.ROOT))
                        .toList());
    }
}
