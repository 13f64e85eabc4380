package dev.moorage.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a server of so many disks does in a second, and what they take of its memory. The same number of calls goes to the
 * disks of instances all over the fleet, each of which is asleep when its call comes; then again to the same ones, awake.
 *
 * @param data where the journal with the fleet is written: a disk that has lived longer takes longer to wake
 * @param disks how many there are
 * @param asked how many are called
 */
record Growth(Path data, int disks, int asked) implements Measurement {
    static final String ASLEEP = "asleep";
    static final String AWAKE = "awake";
    static final String DESCRIBE = "describe";
    static final String BYTES = "liveBytes";

    private static final int CONNECTIONS = 64;
    private static final int WARM_UP_ROUNDS = 4;
    private static final int ROUNDS = 4;

    @Override
    public Map<String, Double> measure() throws Exception {
        new StartBenchmark.Fleet(data, disks).measure();
        var config = Files.writeString(data.resolve("idle.conf"), "moorage.idle = 2s\n");
        var options = List.of("--data", data.toString(), "--time-scale", "stepped", "--config", config.toString());
        try (var server = ServerProcess.start(data, options);
                var loop = new ClosedLoop(server.port(), CONNECTIONS)) {
            var figures = new HashMap<String, Double>();
            figures.put(BYTES, (double) server.liveBytes());
            var calls = new SignedCalls(server.port());
            for (int round = 0; round < WARM_UP_ROUNDS + ROUNDS; round++) {
                if (round == WARM_UP_ROUNDS) figures.keySet().retainAll(List.of(BYTES));
                server.awaitSleep();
                add(figures, ASLEEP, loop.run(calls.detach(all()), 0));
                server.advance("2m");
                loop.run(calls.attach(all()), 0);
                server.advance("2m");
                add(figures, AWAKE, loop.run(calls.detach(all()), 0));
                add(figures, DESCRIBE, loop.run(calls.describe(all(), 1), 0));
                server.advance("2m");
                loop.run(calls.attach(all()), 0);
                server.advance("2m");
            }
            server.awaitSleep();
            figures.put("liveBytesAfterwards", (double) server.liveBytes());
            return figures;
        }
    }

    /** All disks of as many instances in each fleet: a call also costs what its instance does. */
    private IntStream all() {
        int instances = asked / Samples.DISKS_PER_INSTANCE;
        int step = disks / Samples.DISKS_PER_INSTANCE / instances;
        return IntStream.range(0, asked)
                .map(number -> number / Samples.DISKS_PER_INSTANCE * step * Samples.DISKS_PER_INSTANCE
                        + number % Samples.DISKS_PER_INSTANCE);
    }

    private static void add(Map<String, Double> figures, String name, Map<String, Double> measured) {
        figures.merge(name, measured.get("perSecond") / ROUNDS, Double::sum);
    }
}
