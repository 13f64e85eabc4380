package dev.moorage.load;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.moorage.contract.Signer;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Drives a server as many clients at once would, and says how it did. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        subcommands = Compare.class,
        description = "Drive a server with a workload, and report what its clients saw.",
        footer = {
            "",
            "Exit code: 0 all held, 2 an assertion or an invariant did not, 1 it could not run or cannot be believed.",
            "",
            "Examples:",
            "  moorage load detach-storm",
            "  moorage load detach-storm --set fleet.instances=25000 --report storm.html --json storm.json",
            "  moorage load compare before.json after.json",
            "  moorage load steady --target http://127.0.0.1:8642 --signature v3"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int NOT_HELD = 2;
    private static final int NOT_BELIEVED = 1;
    private static final long TOLERATED_LAG_MICROS = 10_000;
    private static final double WHOLE_CORE = 0.95;
    private static final int LAST_PORT = 65_535;
    private static final String REGION = "cn-hangzhou";

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Parameters(index = "0", arity = "0..1", paramLabel = "WORKLOAD", description = "One of conf/workloads, or a file.")
    private @Nullable String workload;

    @Option(names = "--list", description = "Print the workloads that there are.")
    private boolean list;

    @Option(
            names = "--target",
            paramLabel = "URL",
            description = "The server; the workload's fleet is added if it has fewer disks (default: one of its own).")
    private @Nullable URI target;

    @Option(names = "--report", paramLabel = "FILE", description = "Write a page for a browser there.")
    private @Nullable Path page;

    @Option(names = "--json", paramLabel = "FILE", description = "Write the report there.")
    private @Nullable Path json;

    @Option(names = "--hlog", paramLabel = "FILE", description = "Write the latencies of each second there.")
    private @Nullable Path hlog;

    @Option(names = "--seed", paramLabel = "N", description = "Of all choices (default: the workload's).")
    private @Nullable Long seed;

    @Option(names = "--set", paramLabel = "KEY=VALUE", description = "Another value of the workload.")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(names = "--signature", paramLabel = "v1|v3|none", description = "How calls are signed (default v1).")
    private String signature = "v1";

    @Option(
            names = "--client",
            paramLabel = "plain|csi|terraform",
            description = "Whose way of polling, trying again and giving up (default plain).",
            converter = ClientOption.class)
    private Client client = Client.PLAIN;

    @Option(names = "--access-key-id", paramLabel = "ID", description = "Default ${DEFAULT-VALUE}.")
    private String accessKeyId = "testid";

    @Option(names = "--access-key-secret", paramLabel = "SECRET", description = "Default ${DEFAULT-VALUE}.")
    private String accessKeySecret = "testsecret";

    @Option(names = "--allow-remote", description = "Drive a server on another machine, too.")
    private boolean allowRemote;

    @Override
    public Integer call() throws InterruptedException {
        if (list) return printWorkloads();
        if (workload == null) throw new BadWorkload("Which workload? There are " + String.join(", ", names()));
        var signer = new Signer(version(), accessKeyId, accessKeySecret);
        var read = Workload.read(file(workload), settings);
        for (var file : new Path[] {page, json, hlog}) checkFile(file);
        try (var interruption = new Interruption()) {
            if (target != null) {
                checkTarget(target);
                return drive(read, target, signer, interruption);
            }
            if (read.fleet().equals(Workload.Fleet.EXISTING)) {
                throw new BadWorkload("fleet = existing takes a --target");
            }
            say("Starting a server with " + read.fleet().instances() + " instances and "
                    + read.fleet().disks() + " disks ...");
            try (var server = OwnServer.start(read, interruption)) {
                return drive(read, server.address(), signer, interruption);
            }
        }
    }

    /** Not after the run, when all would be lost. */
    private static void checkFile(@Nullable Path file) {
        if (file == null) return;
        var parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(file)) {
            throw new BadWorkload("Nothing can be written to " + file
                    + (Files.isDirectory(file) ? ", which is a directory" : ": there is no directory for it"));
        }
    }

    @SuppressWarnings("SystemConsoleNull") // on the Java 17 that this is for, it is null where there is no terminal
    private Integer drive(Workload read, URI server, Signer signer, Interruption interruption)
            throws InterruptedException {
        long seedUsed = seed == null ? read.seed() : seed;
        var before = Inventory.read(server, signer, REGION);
        var stage = Stage.of(before, REGION);
        if (stage.attached() < read.fleet().disks()) {
            say("The server has " + stage.attached() + " attached data disks: " + AskedFor.fleet(server, read.fleet()));
            before = Inventory.read(server, signer, REGION);
            stage = Stage.of(before, REGION);
        }
        if (stage.diskIds().length == 0) throw new NotRun("The server has no data disk on an instance");
        var plan = Plan.of(read, seedUsed, stage.isAttached());
        if (plan.size() == 0) {
            throw new NotRun(
                    "The workload plans no call on these disks; moorage reset brings all back as at the start");
        }
        say(plan.size() + " calls are planned on " + stage.diskIds().length + " disks, seed " + seedUsed + ", plan "
                + plan.hash());
        try (var log = log()) {
            var out = spec.commandLine().getOut();
            var tally = new Tally(log == null ? null : log.writer());
            var live = new Live(out, System.console() != null);
            var driver = new Driver(read, plan, client, server, signer, stage, tally, live);
            String started = Instant.now().toString();
            interruption.endsBy(driver::stop);
            var ran = driver.run();
            interruption.endsBy(() -> {});
            var audited = audit(stage, ran, before, server, signer);
            var report = report(read, seedUsed, plan, server, stage, started, ran, tally, audited);
            out.print(Summary.table(report));
            out.flush();
            write(report);
            return exitCode(report);
        }
    }

    /** @param failure why nothing could be checked; null if it was */
    private record Audited(
            List<Report.Invariant> invariants, @Nullable String failure) {}

    private static Audited audit(Stage stage, Driver.Ran ran, Inventory before, URI server, Signer signer) {
        try {
            return new Audited(Audit.of(stage, ran, before, Inventory.read(server, signer, REGION)), null);
        } catch (NotRun e) {
            return new Audited(List.of(), "nothing could be checked at the end: " + e.getMessage());
        }
    }

    private Report report(
            Workload read,
            long seedUsed,
            Plan plan,
            URI server,
            Stage stage,
            String started,
            Driver.Ran ran,
            Tally tally,
            Audited audited) {
        var lag = tally.lag();
        var actions = tally.actions(ran.answeredSeconds());
        boolean bottleneck = ran.cpu() > WHOLE_CORE || isTheDrivers(lag, actions.values());
        String failure = audited.failure();
        if (ran.stopped()) failure = "the run was stopped before its end";
        else if (bottleneck) failure = "the driver could not keep up, and is what was measured";
        String version = LoadCommand.class.getPackage().getImplementationVersion();
        var report = new Report(
                Report.FORMAT,
                version == null ? "" : version,
                new Report.Run(
                        read.name(),
                        seedUsed,
                        plan.hash(),
                        server.toString(),
                        client.word(),
                        signature,
                        stage.instances(),
                        stage.diskIds().length),
                started,
                ran.seconds(),
                ran.arrivals(),
                actions,
                tally.seconds(),
                tally.detaching(),
                ran.drainSeconds(),
                tally.mostInFlight(),
                tally.mostDetaching(),
                new Report.Driver(lag, ran.cpu(), bottleneck),
                audited.invariants(),
                List.of(),
                failure);
        var judged = read.conditions().stream()
                .map(condition -> condition.judge(report))
                .toList();
        return report.with(judged);
    }

    /** Whether the driver's own delays are more than a tenth of what it measured of the quickest action. */
    private static boolean isTheDrivers(Report.Latency lag, Collection<Report.Action> actions) {
        long shortest = actions.stream()
                .mapToLong(action -> action.latency().p99())
                .min()
                .orElse(0);
        return lag.p99() > TOLERATED_LAG_MICROS && lag.p99() > shortest / 10;
    }

    private static int exitCode(Report report) {
        if (report.failure() != null) return NOT_BELIEVED;
        return report.isHeld() ? 0 : NOT_HELD;
    }

    private void write(Report report) {
        if (page != null) writePage(report, page);
        if (json == null) return;
        try {
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build()
                    .writeValue(json.toFile(), report);
            say("The report is in " + json);
        } catch (IOException e) {
            throw new NotRun("The report cannot be written to " + json + ": " + e.getMessage());
        }
    }

    private void writePage(Report report, Path file) {
        try {
            Files.writeString(file, Page.of(report));
            say("The page is " + file);
        } catch (IOException e) {
            throw new NotRun("The page cannot be written to " + file + ": " + e.getMessage());
        }
    }

    /** A file of histograms that is open. */
    private record Log(HistogramLogWriter writer) implements AutoCloseable {
        @Override
        public void close() {
            writer.close();
        }
    }

    private @Nullable Log log() {
        if (hlog == null) return null;
        try {
            var writer = new HistogramLogWriter(hlog.toFile());
            writer.outputLogFormatVersion();
            writer.outputComment("[Values are microseconds, from the planned start of each call]");
            writer.outputLegend();
            return new Log(writer);
        } catch (FileNotFoundException e) {
            throw new NotRun("The latencies cannot be written to " + hlog + ": " + e.getMessage());
        }
    }

    /** The words of the option, in small letters. */
    static final class ClientOption implements ITypeConverter<Client> {
        @Override
        public Client convert(String word) {
            for (var client : Client.values()) if (client.word().equals(word)) return client;
            throw new TypeConversionException("plain, csi or terraform, not " + word);
        }
    }

    private Signer.Version version() {
        for (var version : Signer.Version.values()) {
            if (version.name().toLowerCase(Locale.ROOT).equals(signature)) return version;
        }
        throw new BadWorkload("--signature is v1, v3 or none, not " + signature);
    }

    private void checkTarget(URI address) {
        if (!"http".equals(address.getScheme()) || address.getHost() == null || address.getPort() > LAST_PORT) {
            throw new BadWorkload("--target is an address such as http://127.0.0.1:8642, not " + address);
        }
        try {
            if (!allowRemote && !InetAddress.getByName(address.getHost()).isLoopbackAddress()) {
                throw new BadWorkload(address.getHost() + " is another machine: to drive that takes --allow-remote");
            }
        } catch (UnknownHostException e) {
            throw new NotRun("There is no host " + address.getHost());
        }
    }

    private static Path directory() {
        return Path.of(System.getProperty("moorage.home", "."), "conf", "workloads");
    }

    private static Path file(String name) {
        var ready = directory().resolve(name + ".conf");
        if (Files.isRegularFile(ready)) return ready;
        var file = Path.of(name);
        if (Files.isRegularFile(file)) return file;
        throw new BadWorkload("There is no workload " + name + ", but " + String.join(", ", names()));
    }

    private static List<String> names() {
        try (var files = Files.list(directory())) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".conf"))
                    .map(name -> name.substring(0, name.length() - ".conf".length()))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new NotRun("There is no directory " + directory());
        }
    }

    private int printWorkloads() {
        for (String name : names()) {
            try (var lines = Files.lines(directory().resolve(name + ".conf"))) {
                say(String.format("%-14s %s", name, lines.findFirst().orElse("").replaceFirst("^# *", "")));
            } catch (IOException e) {
                throw new NotRun("The workload " + name + " cannot be read: " + e.getMessage());
            }
        }
        return 0;
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
