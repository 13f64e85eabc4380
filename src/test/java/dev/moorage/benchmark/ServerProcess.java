package dev.moorage.benchmark;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** The packaged product, serving, in a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Pattern PORT = Pattern.compile("http://127\\.0\\.0\\.1:(\\d+)");
    private static final Pattern IN_MEMORY = Pattern.compile("(?m)^moorage_entities_in_memory\\{[^}]*} (\\S+)$");
    private static final Pattern LIVE_BYTES = Pattern.compile("(?m)^Total\\s+\\d+\\s+(\\d+)");

    private final Process process;
    private final int port;
    private final HttpClient http = HttpClient.newHttpClient();

    private ServerProcess(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Returns when it is ready. Its calls are in a log, as they are for everybody, and the log is in the directory. */
    static ServerProcess start(Path directory, List<String> options) throws IOException {
        var command = new ArrayList<>(FreshJvm.java());
        command.addAll(List.of("-jar", System.getProperty("moorage.home") + "/target/moorage.jar", "serve"));
        command.addAll(List.of("--port", "0"));
        command.addAll(options);
        File log = directory.resolve("server.log").toFile();
        var process = new ProcessBuilder(command).redirectError(log).start();
        var lines = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
        String ready = lines.readLine();
        var port = PORT.matcher(ready == null ? "" : ready);
        if (port.find()) return new ServerProcess(process, Integer.parseInt(port.group(1)));
        process.destroyForcibly();
        throw new IOException("The server did not start: " + ready);
    }

    int port() {
        return port;
    }

    /** Lets simulated time jump, and all happen that is due by then. */
    void advance(String by) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_moorage/clock/advance"))
                .POST(HttpRequest.BodyPublishers.ofString("{\"by\":\"" + by + "\"}"))
                .build();
        var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
        if (answer.statusCode() != 200) throw new IOException("Time does not move: " + answer.body());
    }

    /** Returns when no disk and no instance has an actor in memory. */
    void awaitSleep() throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/_moorage/metrics"))
                .build();
        long patience = System.nanoTime() + TimeUnit.MINUTES.toNanos(1);
        while (true) {
            String metrics =
                    http.send(request, HttpResponse.BodyHandlers.ofString()).body();
            if (IN_MEMORY.matcher(metrics).results().allMatch(gauge -> Double.parseDouble(gauge.group(1)) == 0)) return;
            if (System.nanoTime() > patience) throw new IOException("Some do not leave memory");
            TimeUnit.MILLISECONDS.sleep(100);
        }
    }

    /** What is left on the heap after a full collection. */
    long liveBytes() throws IOException, InterruptedException {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd").toString();
        var counting = new ProcessBuilder(jcmd, Long.toString(process.pid()), "GC.class_histogram")
                .redirectErrorStream(true)
                .start();
        var text = new String(counting.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        var total = LIVE_BYTES.matcher(text);
        if (!total.find()) throw new IOException("jcmd does not count what is on the heap: " + text);
        return Long.parseLong(total.group(1));
    }

    /** Killed: its journal is not looked at again. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
