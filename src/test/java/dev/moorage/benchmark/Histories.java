package dev.moorage.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** The same histories in our journal and in the stock plugin's. */
record Histories(int disks) {
    static final List<Backend> BACKENDS = List.of(Backend.OURS, Backend.STOCK);

    static String name(Backend backend) {
        return "bytes: " + backend.title();
    }

    Path directory(Runs runs, Backend backend) throws IOException {
        return runs.directory("histories-" + backend);
    }

    /** Writes them, unless that has been done. */
    void write(Runs runs) throws IOException, InterruptedException {
        for (var backend : BACKENDS) {
            if (runs.hasRun(name(backend))) continue;
            // The same bytes, and it does not take minutes.
            var writer = backend == Backend.STOCK ? Backend.STOCK_WITHOUT_FSYNC : backend;
            runs.run(name(backend), new Recovery.Writing(writer, directory(runs, backend), disks));
        }
    }
}
