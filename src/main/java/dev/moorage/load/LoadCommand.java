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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.HistogramLogWriter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Drives a server as many clients at once would, and says how it did. */
@Command(
        name = "load",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Drive a server with a workload, and report what its clients saw.",
        footer = {
            "",
            "Exit code: 0 all held, 2 an assertion or an invariant did not, 1 it could not run or cannot be believed.",
            "",
            "Examples:",
            "  moorage load detach-storm",
            "  moorage load detach-storm --set fleet.instances=25000 --json storm.json",
            "  moorage load steady --target http://127.0.0.1:8642 --signature v3"
        })
public final class LoadCommand implements Callable<Integer> {
    private static final int NOT_HELD = 2;
    private static final int NOT_BELIEVED = 1;
    private static final long TOLERATED_LAG_MICROS = 100_000;
    private static final double WHOLE_CORE = 0.95;
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
            description =
                    "The server, with the disks that it has (default: one of its own, with the workload's fleet).")
    private @Nullable URI target;

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
        if (target != null) {
            checkTarget(target);
            return drive(read, target, signer);
        }
        say("Starting a server with " + read.fleet().instances() + " instances and "
                + (long) read.fleet().instances() * read.fleet().disksPerInstance() + " disks ...");
        try (var server = OwnServer.start(read)) {
            return drive(read, server.address(), signer);
        }
    }

    private Integer drive(Workload read, URI server, Signer signer) throws InterruptedException {
        long seedUsed = seed == null ? read.seed() : seed;
        var before = Inventory.read(server, signer, REGION);
        var ids = new ArrayList<String>();
        var instances = new ArrayList<String>();
        var attached = new ArrayList<Boolean>();
        String zone = "";
        String home = "";
        for (var disk : before.disks().values()) if (disk.isAttached()) home = disk.instanceId();
        for (var disk : before.disks().entrySet()) {
            var entry = disk.getValue();
            if (!entry.isAttached() && (home.isEmpty() || !entry.status().equals("Available"))) continue;
            ids.add(disk.getKey());
            instances.add(entry.isAttached() ? entry.instanceId() : home);
            attached.add(entry.isAttached());
            zone = entry.zone();
        }
        if (ids.isEmpty()) throw new NotRun("The server has no data disk on an instance; moorage fleet FILE adds some");
        var isAttached = new boolean[ids.size()];
        for (int i = 0; i < isAttached.length; i++) isAttached[i] = attached.get(i);
        var plan = Plan.of(read, seedUsed, isAttached);
        if (plan.size() == 0) throw new NotRun("The workload plans no call on these disks");
        say(plan.size() + " calls are planned on " + ids.size() + " disks, seed " + seedUsed + ", plan " + plan.hash());
        var diskIds = ids.toArray(String[]::new);
        try (var log = log()) {
            var tally = new Tally(log == null ? null : log.writer());
            var driver = new Driver(
                    read,
                    plan,
                    server,
                    signer,
                    diskIds,
                    instances.toArray(String[]::new),
                    zone,
                    REGION,
                    tally,
                    this::say);
            String started = Instant.now().toString();
            var finished = new CountDownLatch(1);
            var hook = new Thread(() -> stop(driver, finished), "moorage-load-stop");
            Runtime.getRuntime().addShutdownHook(hook);
            try {
                var ran = driver.run();
                var after = Inventory.read(server, signer, REGION);
                var report = report(
                        read,
                        seedUsed,
                        plan,
                        server,
                        diskIds.length,
                        started,
                        ran,
                        tally,
                        Driver.audit(diskIds, ran, before, after));
                spec.commandLine().getOut().print(Summary.table(report));
                spec.commandLine().getOut().flush();
                write(report);
                return exitCode(report);
            } finally {
                finished.countDown();
                forget(hook);
            }
        }
    }

    private static void forget(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // It runs: that is how the run came to its end.
            return;
        }
    }

    private static void stop(Driver driver, CountDownLatch finished) {
        driver.stop();
        try {
            finished.await(30, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Report report(
            Workload read,
            long seedUsed,
            Plan plan,
            URI server,
            int disks,
            String started,
            Driver.Ran ran,
            Tally tally,
            List<Report.Invariant> invariants) {
        var lag = tally.lag();
        boolean bottleneck = lag.p99() > TOLERATED_LAG_MICROS || ran.cpu() > WHOLE_CORE;
        String failure = null;
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
                        "plain",
                        signature,
                        read.fleet().instances(),
                        disks),
                started,
                ran.seconds(),
                ran.arrivals(),
                tally.actions(ran.seconds()),
                tally.seconds(),
                tally.detaching(),
                ran.drainSeconds(),
                tally.mostInFlight(),
                tally.mostDetaching(),
                new Report.Driver(lag, ran.cpu(), bottleneck),
                invariants,
                List.of(),
                failure);
        var judged = read.conditions().stream()
                .map(condition -> condition.judge(report))
                .toList();
        return report.with(judged);
    }

    private static int exitCode(Report report) {
        if (report.failure() != null) return NOT_BELIEVED;
        boolean held = report.invariants().stream().allMatch(invariant -> invariant.broken() == 0)
                && report.assertions().stream().allMatch(Report.Assertion::held);
        return held ? 0 : NOT_HELD;
    }

    private void write(Report report) {
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
            writer.outputLegend();
            return new Log(writer);
        } catch (FileNotFoundException e) {
            throw new NotRun("The latencies cannot be written to " + hlog + ": " + e.getMessage());
        }
    }

    private Signer.Version version() {
        for (var version : Signer.Version.values()) {
            if (version.name().toLowerCase(Locale.ROOT).equals(signature)) return version;
        }
        throw new BadWorkload("--signature is v1, v3 or none, not " + signature);
    }

    private void checkTarget(URI address) {
        if (!"http".equals(address.getScheme()) || address.getHost() == null) {
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
