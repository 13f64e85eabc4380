package dev.moorage.benchmark;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What an event takes on disk: its size does not depend on the round. */
record BytesPart(Histories histories) implements Part {
    private static final String COMPACTED = "compactedBytesPerEvent";

    @Override
    public void prepare(Runs runs) throws IOException, InterruptedException {
        histories.write(runs);
    }

    @Override
    public void round(Runs runs) {}

    @Override
    public List<Claim> claims() {
        return List.of(new Claim(Histories.name(Backend.OURS), Histories.name(Backend.STOCK), COMPACTED));
    }

    @Override
    public List<Table> tables(Runs runs) {
        var table = new Table(
                String.format(
                        "Bytes an event, of %,d (ours does not compress; the stock plugin does, with Snappy)",
                        histories.disks() * Samples.EVENTS_PER_DISK),
                List.of("", "JSON", "record", "on disk when closed", "when compacted"));
        for (var backend : Histories.BACKENDS) {
            var row = Stream.concat(
                    Stream.of(backend.title()),
                    Stream.of("jsonBytesPerEvent", "recordBytesPerEvent", "closedBytesPerEvent", COMPACTED)
                            .map(figure -> Table.number(runs.median(Histories.name(backend), figure))));
            table.row(row.toList());
        }
        return List.of(table);
    }
}
