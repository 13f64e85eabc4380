package dev.moorage.benchmark;

import dev.moorage.benchmark.Measurement.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** How many events a second become durable, and how long one takes. */
record DurablePart(Effort effort) implements Part {
    private static final List<Integer> ACTORS = List.of(1, 10, 100, 2_000, 20_000);
    private static final String OURS = Backend.OURS.title();
    private static final String RAW = "raw LevelDB, one thread";
    static final String RATE = "eventsPerSecond";
    private static final String COMMIT = "eventsPerCommit";

    private static Stream<String> others() {
        return Stream.concat(
                Stream.of(Backend.values()).map(Backend::title).filter(title -> !title.equals(OURS)), Stream.of(RAW));
    }

    private static String name(String journal, int actors) {
        return "durable: " + journal + ", " + actors + (actors == 1 ? " actor" : " actors");
    }

    @Override
    public void round(Runs runs) throws IOException, InterruptedException {
        for (int actors : ACTORS) {
            for (var backend : Backend.values()) {
                runs.runAlone(
                        name(backend.title(), actors), directory -> new Durable(backend, directory, actors, effort));
            }
            var batch = runs.last(name(OURS, actors), COMMIT);
            if (batch.isEmpty()) continue;
            int events = (int) Math.max(1, Math.round(batch.getAsDouble()));
            runs.runAlone(name(RAW, actors), directory -> new RawWrites(directory, actors, events, effort));
        }
    }

    @Override
    public List<Claim> claims() {
        return others().flatMap(other -> ACTORS.stream().map(actors -> claim(other, actors)))
                .toList();
    }

    private static Claim claim(String other, int actors) {
        return new Claim(name(OURS, actors), name(other, actors), RATE);
    }

    @Override
    public List<Table> tables(Runs runs) {
        return List.of(rates(runs), ratios(runs));
    }

    private static Table rates(Runs runs) {
        var table = new Table(
                "Durable events, and the time until the writer knows",
                List.of("", "actors", "events/s", "median ms", "p99 ms", "events a commit"));
        for (int actors : ACTORS) {
            Stream.concat(Stream.of(OURS), others()).forEach(journal -> {
                var row = new ArrayList<>(List.of(journal, String.format("%,d", actors)));
                Stream.of(RATE, "medianMillis", "p99Millis", COMMIT)
                        .map(figure -> Table.number(runs.median(name(journal, actors), figure)))
                        .forEach(row::add);
                table.row(row);
            });
        }
        return table;
    }

    private static Table ratios(Runs runs) {
        var header = Stream.concat(Stream.of("Actors"), ACTORS.stream().map(actors -> String.format("%,d", actors)));
        var table = new Table("Events a second of ours, as a multiple of another's", header.toList());
        others().forEach(other -> table.row(Stream.concat(
                        Stream.of("of " + other),
                        ACTORS.stream().map(actors -> Table.number(runs.ratio(claim(other, actors)))))
                .toList()));
        return table;
    }
}
