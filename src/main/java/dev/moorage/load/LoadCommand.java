package dev.moorage.load;

import dev.moorage.contract.Signer;
import java.io.FileNotFoundException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Instant;
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
            "Exit code: 0 all held; 2 an assertion or a promise did not, or the command line",
            "or the workload is wrong; 1 it could not run or cannot be believed (a broken",
            "promise is 2 even then).",
            "",
            "Examples:",
            "  moorage load detach-storm",
            "  moorage load detach-storm --report storm.html --json storm.json",
            "  moorage load steady --set phases.0.arrivals.rate=500",
            "  moorage load compare before.json after.json",
            "  moorage load steady --target http://127.0.0.1:8642 --signature v3"
        })
public final class LoadCommand implements Callable<Integer> {
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
        if (workload == null)
            throw new BadWorkload("Which workload? There are " + String.join(", ", Workloads.names()));
        var signer = new Signer(version(), accessKeyId, accessKeySecret);
        var read = Workload.read(Workloads.file(workload), settings);
        files().check();
        ReportFiles.check(hlog);
        try (var interruption = new Interruption()) {
            if (target != null) {
                checkTarget(target);
                if (!read.settings().isEmpty()) say("The server's own settings hold, not those of the workload");
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

    @SuppressWarnings("SystemConsoleNull") // on the Java 17 that this is for, it is null where there is no terminal
    private Integer drive(Workload read, URI server, Signer signer, Interruption interruption)
            throws InterruptedException {
        long seedUsed = seed == null ? read.seed() : seed;
        var before = Listing.of(server, signer, REGION);
        var stage = Stage.of(before, REGION);
        if (stage.attached() < read.fleet().disks()) {
            String answer = AskedFor.fleet(server, read.fleet());
            int had = stage.attached();
            before = Listing.of(server, signer, REGION);
            stage = Stage.of(before, REGION);
            say("The server had " + had + " attached data disks: " + answer + ", and it has " + stage.attached()
                    + " now");
        }
        if (stage.diskIds().length == 0) {
            throw new NotRun(
                    before.disks().isEmpty()
                            ? "The server has no data disk on an instance"
                            : "None of the server's " + before.disks().size()
                                    + " data disks is on an instance; moorage reset brings all back as at the start");
        }
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
            var live = new Screen(out, System.console() != null);
            var run = new NettyRun(read, plan, client, server, signer, stage, tally, live);
            String started = Instant.now().toString();
            interruption.endsBy(run::stop);
            var ran = run.run();
            interruption.endsBy(() -> {});
            var audited = audit(stage, ran, before, server, signer);
            var report = new Findings(
                            read,
                            seedUsed,
                            plan,
                            server.toString(),
                            client,
                            signature,
                            stage,
                            started,
                            ran,
                            tally,
                            audited.invariants(),
                            audited.failure())
                    .report();
            out.print(Summary.table(report));
            out.flush();
            files().write(List.of(new Variant("", report)), out);
            return report.verdict().exitCode();
        }
    }

    /** @param failure why nothing could be checked; null if it was */
    private record Audited(
            List<Report.Invariant> invariants, @Nullable String failure) {}

    private static Audited audit(Stage stage, Driver.Ran ran, Inventory before, URI server, Signer signer) {
        try {
            return new Audited(Audit.of(stage, ran, before, Listing.of(server, signer, REGION)), null);
        } catch (NotRun e) {
            return new Audited(List.of(), "nothing could be checked at the end: " + e.getMessage());
        }
    }

    private ReportFiles files() {
        return new ReportFiles(page, json);
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
    public static final class ClientOption implements ITypeConverter<Client> {
        @Override
        public Client convert(String word) {
            return Client.named(word)
                    .orElseThrow(() -> new TypeConversionException("plain, csi or terraform, not " + word));
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

    private int printWorkloads() {
        for (String name : Workloads.names()) say(String.format("%-14s %s", name, Workloads.about(name)));
        return 0;
    }

    private void say(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }
}
