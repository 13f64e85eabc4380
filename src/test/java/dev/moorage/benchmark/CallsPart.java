package dev.moorage.benchmark;

import dev.moorage.benchmark.Measurement.Effort;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What the door answers in a second, beside what it would answer if there were nothing behind it: to a short question, and
 * to one as long as the call. The latter is what Akka HTTP and the kernel take of it.
 */
record CallsPart(int disks, Effort effort) implements Part {
    private static final List<Integer> CONNECTIONS = List.of(64, 256);
    private static final List<String> ACTIONS = List.of(Calls.DETACH, Calls.DESCRIBE_ONE, Calls.DESCRIBE_HUNDRED);

    private static String durable(int connections) {
        return "calls: durable, " + connections + " connections";
    }

    private static String inMemory(int connections) {
        return "calls: in memory, " + connections + " connections";
    }

    /** Actors that write one event after the other, with no door before them. */
    private static String journal(int writers) {
        return "calls: the journal alone, " + writers + " writers";
    }

    @Override
    public void round(Runs runs) throws IOException, InterruptedException {
        for (int connections : CONNECTIONS) {
            runs.runAlone(durable(connections), directory -> new Calls(directory, false, connections, disks));
            runs.runAlone(inMemory(connections), directory -> new Calls(directory, true, connections, disks));
            runs.runAlone(journal(connections), directory -> new Durable(Backend.OURS, directory, connections, effort));
        }
    }

    @Override
    public List<Claim> claims() {
        return CONNECTIONS.stream()
                .map(connections -> new Claim(durable(connections), inMemory(connections), Calls.DETACH))
                .toList();
    }

    @Override
    public List<Table> tables(Runs runs) {
        return List.of(rates(runs), ratios(runs));
    }

    private static Table rates(Runs runs) {
        var table = new Table(
                "Calls a second, signed, and how long they take; beside the constant answers just before and after",
                List.of("", "connections", "calls/s", "median ms", "p99 ms", "of constant", "of constant, long"));
        for (int connections : CONNECTIONS) {
            row(table, runs, "constant answer", connections, durable(connections), Calls.CONSTANT);
            row(table, runs, "constant, long question", connections, durable(connections), Calls.CONSTANT_AS_LONG);
            row(table, runs, "DetachDisk, disks asleep", connections, durable(connections), Calls.FIRST_DETACH);
            row(table, runs, "DetachDisk, fsync on", connections, durable(connections), Calls.DETACH);
            row(table, runs, "DetachDisk, in memory", connections, inMemory(connections), Calls.DETACH);
            row(table, runs, "DescribeDisks of one", connections, durable(connections), Calls.DESCRIBE_ONE);
            row(table, runs, "DescribeDisks of 100", connections, durable(connections), Calls.DESCRIBE_HUNDRED);
        }
        return table;
    }

    private static void row(Table table, Runs runs, String title, int connections, String measurement, String figure) {
        var row = new ArrayList<>(List.of(title, String.valueOf(connections)));
        Stream.of("", "MedianMillis", "P99Millis")
                .map(suffix -> Table.number(runs.median(measurement, figure + suffix)))
                .forEach(row::add);
        Stream.of(Calls.OF_CONSTANT, Calls.OF_AS_LONG)
                .map(reference ->
                        ACTIONS.contains(figure) ? Table.number(runs.median(measurement, figure + reference)) : "")
                .forEach(row::add);
        table.row(row);
    }

    private static Table ratios(Runs runs) {
        var table = new Table(
                "DetachDisk with fsync on, as a multiple of others",
                Stream.concat(Stream.of("connections"), CONNECTIONS.stream().map(String::valueOf))
                        .toList());
        table.row(Stream.concat(
                        Stream.of("of the same in memory"),
                        CONNECTIONS.stream()
                                .map(connections -> Table.number(runs.ratio(
                                        new Claim(durable(connections), inMemory(connections), Calls.DETACH)))))
                .toList());
        table.row(Stream.concat(
                        Stream.of("of events of the journal alone"),
                        CONNECTIONS.stream()
                                .map(connections -> Table.number(runs.ratio(
                                        durable(connections), Calls.DETACH, journal(connections), DurablePart.RATE))))
                .toList());
        return table;
    }
}
