package dev.moorage.benchmark;

import dev.moorage.journal.Engine;
import java.io.IOException;
import java.util.List;

/** How fast disks wake, all at once, from histories of five events. */
record RecoveryPart(Histories histories) implements Part {
    private static final String SCAN = "recovery: raw scan of the same rows";
    private static final String SECONDS = "seconds";

    private static String name(Backend backend) {
        return "recovery: " + backend.title();
    }

    @Override
    public void prepare(Runs runs) throws IOException, InterruptedException {
        histories.write(runs);
    }

    @Override
    public void round(Runs runs) throws IOException, InterruptedException {
        for (var backend : Histories.BACKENDS) {
            runs.run(
                    name(backend),
                    new Recovery.Reading(backend, histories.directory(runs, backend), histories.disks()));
        }
        long rows = (long) histories.disks() * Samples.EVENTS_PER_DISK;
        runs.run(SCAN, new RawScan(histories.directory(runs, Backend.OURS), Engine.JNI, rows));
    }

    @Override
    public List<Claim> claims() {
        return List.of(
                new Claim(name(Backend.OURS), name(Backend.STOCK), SECONDS),
                new Claim(name(Backend.OURS), SCAN, SECONDS));
    }

    @Override
    public List<Table> tables(Runs runs) {
        var table = new Table(
                String.format("%,d disks with five events each, all woken at once", histories.disks()),
                List.of("", "seconds", "disks/s", "seconds of ours, as a multiple"));
        for (var name : List.of(name(Backend.OURS), name(Backend.STOCK), SCAN)) {
            table.row(List.of(
                    name,
                    Table.number(runs.median(name, SECONDS)),
                    Table.number(runs.median(name, "disksPerSecond")),
                    Table.number(runs.ratio(new Claim(name(Backend.OURS), name, SECONDS)))));
        }
        return List.of(table);
    }
}
