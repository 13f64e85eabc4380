package dev.moorage.benchmark;

import com.fasterxml.jackson.core.type.TypeReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts JVMs, one at a time, each of which does one measurement and ends. */
final class FreshJvm implements AutoCloseable {
    /** A measurement that did not come to its end. */
    static final class Failed extends Exception {
        private static final long serialVersionUID = 1;

        private Failed(String message) {
            super(message);
        }
    }

    private static final int PATIENCE_MINUTES = 15;

    private final Path output;
    // Guarded by this.
    private Process current;
    private boolean closed;

    FreshJvm(Path output) {
        this.output = output;
    }

    /** The beginning of the command, as the product's launcher has it. */
    static List<String> java() {
        var home = Path.of(System.getProperty("moorage.home"));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "@" + home.resolve("conf/jvm.options"),
                "-Dmoorage.home=" + home,
                "-Dlogback.configurationFile=" + home.resolve("conf/logback.xml"));
    }

    Map<String, Double> measure(Measurement measurement) throws Failed, IOException, InterruptedException {
        var process = start(measurement);
        try {
            if (!process.waitFor(PATIENCE_MINUTES, TimeUnit.MINUTES)) {
                throw new Failed("it took more than " + PATIENCE_MINUTES + " minutes");
            }
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) throw new Failed("its process ended with exit code " + process.exitValue());
        var lines = Files.readAllLines(output);
        return Measurement.JSON.readValue(lines.get(lines.size() - 1), new TypeReference<>() {});
    }

    private synchronized Process start(Measurement measurement) throws Failed, IOException {
        if (closed) throw new Failed("the benchmark is being stopped");
        var command = new ArrayList<>(java());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Measurement.class.getName()));
        command.add(Measurement.JSON.writerFor(Measurement.class).writeValueAsString(measurement));
        current = new ProcessBuilder(command)
                .redirectOutput(output.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        return current;
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (current != null) end(current);
    }
}
