package dev.moorage.load;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A server in a process of its own, with a journal that goes when it goes. */
final class OwnServer implements AutoCloseable {
    private static final Pattern ADDRESS = Pattern.compile("https?://[\\w.:\\[\\]]+");
    private static final int PATIENCE_SECONDS = 20;
    private static final int ASKED_WRONGLY = 2;
    /** A terminal sends Ctrl-C to all that runs in it; the server is still asked for its disks then. */
    private static final List<String> DEAF_TO_CTRL_C =
            List.of("/bin/sh", "-c", "trap '' INT HUP; exec \"$@\"", "moorage");
    /**
     * Unlike {@code serve}, which is to be small and quick, one that is made for a storm has memory, and is not to stand
     * still for seconds while a heap of gigabytes is collected whole.
     */
    private static final List<String> ROOM_FOR_A_STORM =
            List.of("-XX:+UseG1GC", "-XX:MetaspaceSize=256m", "-XX:InitialRAMPercentage=25", "-XX:MaxRAMPercentage=50");

    private final Process process;
    private final Path directory;
    private final URI address;

    private OwnServer(Process process, Path directory, URI address) {
        this.process = process;
        this.directory = directory;
        this.address = address;
    }

    /** A server that does not take what the workload says is the workload's fault. */
    static OwnServer start(Workload workload, Interruption interruption) {
        try {
            var directory = Files.createTempDirectory("moorage-load");
            var fleet = Files.writeString(
                    directory.resolve("fleet.conf"), workload.fleet().text());
            var command = command(workload, directory, fleet);
            if (!workload.settings().isEmpty()) {
                var settings = Files.writeString(directory.resolve("settings.conf"), settings(workload.settings()));
                command.addAll(List.of("--config", settings.toString()));
            }
            var process = new ProcessBuilder(command)
                    .redirectError(directory.resolve("server.log").toFile())
                    .start();
            interruption.takesWithIt(process::destroyForcibly);
            interruption.endsBy(process::destroy);
            var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8));
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                var found = ADDRESS.matcher(line);
                if (!found.find()) continue;
                interruption.endsBy(() -> {});
                var server = new OwnServer(process, directory, URI.create(found.group()));
                if (found.group().startsWith("http://")) return server;
                server.close();
                throw new BadWorkload(
                        "Calls are sent by HTTP, and the settings of the server have it speak HTTPS: tls");
            }
            String said = Files.readString(directory.resolve("server.log"));
            delete(directory);
            if (interruption.isAsked()) throw new NotRun("It was interrupted");
            String sentence = "The server did not start: " + said.strip().replaceFirst("^moorage: ", "");
            throw process.waitFor() == ASKED_WRONGLY ? new BadWorkload(sentence) : new NotRun(sentence);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotRun("It was interrupted");
        } catch (IOException e) {
            throw new NotRun("A server cannot be started here: " + e.getMessage());
        }
    }

    private static List<String> command(Workload workload, Path directory, Path fleet) {
        var command = new ArrayList<>(DEAF_TO_CTRL_C);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(ROOM_FOR_A_STORM);
        for (String property : List.of("moorage.home", "logback.configurationFile")) {
            String value = System.getProperty(property);
            if (value != null) command.add("-D" + property + "=" + value);
        }
        command.addAll(List.of(
                "-cp",
                System.getProperty("java.class.path"),
                "dev.moorage.Moorage",
                "serve",
                "--port",
                "0",
                "--data",
                directory.resolve("journal").toString(),
                "--fleet",
                fleet.toString(),
                "--time-scale",
                Double.toString(workload.timeScale()).replaceFirst("\\.0$", "")));
        return command;
    }

    /** What a server would find without them goes on to hold. */
    private static String settings(Config settings) {
        var usual = Path.of(System.getProperty("moorage.home", "."), "conf", "moorage.conf");
        return "include file(" + ConfigUtil.quoteString(usual.toAbsolutePath().toString()) + ")\nmoorage "
                + settings.root().render(ConfigRenderOptions.concise()) + "\n";
    }

    URI address() {
        return address;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS))
                process.destroyForcibly().waitFor();
            delete(directory);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new NotRun("The server's journal cannot be removed from " + directory + ": " + e.getMessage());
        }
    }

    private static void delete(Path directory) throws IOException {
        try (var files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
