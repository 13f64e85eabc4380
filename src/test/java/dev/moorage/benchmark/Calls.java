package dev.moorage.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a server answers in a second, to so many connections.
 *
 * <p>Disks are detached and attached in rounds, and simulated time jumps in between: what a detach does after its answer
 * is not in the rate of the answers.
 *
 * @param disks how many are moved in each round
 */
record Calls(Path directory, boolean inMemory, int connections, int disks) implements Measurement {
    static final String CONSTANT = "constant";
    static final String CONSTANT_AS_LONG = "constantAsLong";
    static final String DETACH = "detach";
    static final String FIRST_DETACH = "firstDetach";
    static final String DESCRIBE_ONE = "describeOne";
    static final String DESCRIBE_HUNDRED = "describeHundred";
    /** The same server's answer that is always the same, before and after. */
    static final String OF_CONSTANT = "OfConstant";
    /** The same, to questions as long as the calls; next to them. */
    static final String OF_AS_LONG = "OfAsLong";

    private static final String RATE = "perSecond";
    private static final int WARM_UP_ROUNDS = 10;
    /** So much of each series does not count. */
    private static final int WARM_UP_PART = 5;

    @Override
    public Map<String, Double> measure() throws Exception {
        var fleet = Samples.fleetFile(directory, disks);
        var options = new ArrayList<>(List.of("--fleet", fleet.toString(), "--time-scale", "stepped"));
        if (inMemory) options.add("--in-memory");
        else options.addAll(List.of("--data", directory.resolve("journal").toString()));
        try (var server = ServerProcess.start(directory, options);
                var loop = new ClosedLoop(server.port(), connections)) {
            return measure(server, loop, new SignedCalls(server.port()));
        }
    }

    private Map<String, Double> measure(ServerProcess server, ClosedLoop loop, SignedCalls calls)
            throws IOException, InterruptedException {
        var figures = new HashMap<String, Double>();
        run(loop, calls.constant(disks));
        put(figures, FIRST_DETACH, run(loop, calls.detach(all())));
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            bringBack(server, loop, calls);
            run(loop, calls.constant(disks));
            run(loop, SignedCalls.constantAsLong(calls.detach(all())));
            run(loop, calls.detach(all()));
        }
        bringBack(server, loop, calls);
        compare(figures, DETACH, loop, calls, calls.detach(all()));
        server.advance("2m");
        for (int round = 0; round < WARM_UP_ROUNDS; round++) run(loop, calls.describe(all(), 1));
        compare(figures, DESCRIBE_ONE, loop, calls, calls.describe(all(), 1));
        var hundreds = IntStream.range(0, disks / 4)
                .map(call -> call * 100 % (disks - 100))
                .toArray();
        for (int round = 0; round < WARM_UP_ROUNDS / 2; round++) run(loop, calls.describe(IntStream.of(hundreds), 100));
        compare(figures, DESCRIBE_HUNDRED, loop, calls, calls.describe(IntStream.of(hundreds), 100));
        return figures;
    }

    /** What it is compared with comes both before and after it. */
    private void compare(
            Map<String, Double> figures, String name, ClosedLoop loop, SignedCalls calls, List<byte[]> requests)
            throws IOException {
        var asLongRequests = SignedCalls.constantAsLong(requests);
        double constant = run(loop, calls.constant(disks)).get(RATE) / 2;
        run(loop, asLongRequests);
        double asLong = run(loop, asLongRequests).get(RATE) / 2;
        var measured = run(loop, requests);
        asLong += run(loop, asLongRequests).get(RATE) / 2;
        constant += run(loop, calls.constant(disks)).get(RATE) / 2;
        put(figures, name, measured);
        figures.putIfAbsent(CONSTANT, constant);
        figures.putIfAbsent(CONSTANT_AS_LONG, asLong);
        figures.put(name + OF_CONSTANT, measured.get(RATE) / constant);
        figures.put(name + OF_AS_LONG, measured.get(RATE) / asLong);
    }

    private void bringBack(ServerProcess server, ClosedLoop loop, SignedCalls calls)
            throws IOException, InterruptedException {
        server.advance("2m");
        run(loop, calls.attach(all()));
        server.advance("2m");
    }

    private IntStream all() {
        return IntStream.range(0, disks);
    }

    private static Map<String, Double> run(ClosedLoop loop, List<byte[]> requests) throws IOException {
        return loop.run(requests, requests.size() / WARM_UP_PART);
    }

    private static void put(Map<String, Double> figures, String name, Map<String, Double> measured) {
        figures.put(name, measured.get(RATE));
        figures.put(name + "MedianMillis", measured.get("medianMillis"));
        figures.put(name + "P99Millis", measured.get("p99Millis"));
    }
}
