package dev.moorage.benchmark;

import dev.moorage.journal.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long a server takes to start over many disks at rest. */
record StartPart(int disks) implements Part {
    private static final String SCAN = "start: raw scan, native engine";
    private static final String FIGURE = "seconds";

    private Map<String, Measurement> measurements(Path data) {
        long rows = StartBenchmark.events(disks);
        var all = new LinkedHashMap<String, Measurement>();
        all.put(SCAN, new RawScan(data, Engine.JNI, rows));
        all.put("start: raw scan, Java port", new RawScan(data, Engine.JAVA, rows));
        all.put("start: journal folded into the world", new StartBenchmark.Rebuild(data, disks));
        all.put("start: moorage serve, until it is ready", new StartBenchmark.Serve(data, disks));
        return all;
    }

    @Override
    public void prepare(Runs runs) throws IOException, InterruptedException {
        runs.run("start: journal written", new StartBenchmark.Fleet(data(runs), disks));
    }

    /** A round takes a minute. */
    @Override
    public int mostRounds() {
        return 3;
    }

    private static Path data(Runs runs) throws IOException {
        return runs.directory("fleet");
    }

    @Override
    public void round(Runs runs) throws IOException, InterruptedException {
        for (var one : measurements(data(runs)).entrySet()) runs.run(one.getKey(), one.getValue());
    }

    private List<String> names() {
        return List.copyOf(measurements(Path.of("")).keySet());
    }

    @Override
    public List<Claim> claims() {
        return names().stream()
                .filter(name -> !name.equals(SCAN))
                .map(name -> new Claim(name, SCAN, FIGURE))
                .toList();
    }

    @Override
    public List<Table> tables(Runs runs) {
        var table = new Table(
                String.format(
                        "Start over %,d disks at rest: %,d events (at most %d rounds)",
                        disks, StartBenchmark.events(disks), mostRounds()),
                List.of("", "seconds", "events/s", "seconds, as a multiple of the first"));
        for (var name : names()) {
            table.row(List.of(
                    name,
                    Table.number(runs.median(name, FIGURE)),
                    Table.number(runs.median(name, "rowsPerSecond")),
                    Table.number(runs.ratio(new Claim(name, SCAN, FIGURE)))));
        }
        return List.of(table);
    }
}
