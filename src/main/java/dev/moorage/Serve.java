package dev.moorage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValueFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs the server until it is told to stop. */
@Command(
        name = "serve",
        mixinStandardHelpOptions = true,
        versionProvider = Moorage.Version.class,
        sortOptions = false,
        description = "Answer ECS calls on localhost.",
        footer = {
            "",
            "Examples:",
            "  moorage serve --fleet conf/fleets/demo.conf",
            "  moorage serve --in-memory --port 0 --detach-time 200ms --auth required",
            "  moorage serve --data /tmp/copied --at 14:34:12",
            "  moorage serve --host 0.0.0.0 --admin-port 8643"
        })
final class Serve implements Runnable {
    /** Akka's own settings, and those whose names are names of actions. */
    private static final List<String> CHECKED_ELSEWHERE = List.of("akka.", "moorage.throttling.limits.");

    @Option(names = "--host", paramLabel = "HOST", description = "Address to listen on (default 127.0.0.1).")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "Port to listen on; 0 takes a free one (default 8642).")
    private @Nullable Integer port;

    @Option(names = "--data", paramLabel = "DIR", description = "Where the journal is kept (default ./data).")
    private @Nullable String data;

    @Option(names = "--in-memory", description = "Keep the journal in memory, and lose it at the end.")
    private boolean inMemory;

    @Option(
            names = "--fleet",
            paramLabel = "FILE",
            description = "Instances and disks to begin with. Can be given more than once.")
    private @Nullable List<String> fleets;

    @Option(
            names = "--auth",
            paramLabel = "open|required",
            description = "Let unsigned calls in, or refuse them (default open on loopback, else required).")
    private @Nullable String auth;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = "Speak HTTPS, with this certificate and its chain (PEM).")
    private @Nullable String tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's private key (PEM, no passphrase).")
    private @Nullable String tlsKey;

    @Option(
            names = "--log-format",
            paramLabel = "text|json",
            description = "Log lines for people, or an object a line (default text).")
    private @Nullable String logFormat;

    @Option(
            names = "--detach-time",
            paramLabel = "DURATION",
            description = "How long a detach takes, such as 500ms, 60s or 2m (default 60s).")
    private @Nullable String detachTime;

    @Option(
            names = "--time-scale",
            paramLabel = "N|stepped",
            description = "How many simulated seconds pass in a real one; stepped: time stands still until it is told"
                    + " to move (default: as the journal has it, at first 1).")
    private @Nullable String timeScale;

    @Option(
            names = "--admin-token",
            paramLabel = "TOKEN",
            description = "What callers of /_moorage/ have to send (default MOORAGE_ADMIN_TOKEN of the environment;"
                    + " without it, loopback alone gets in).")
    private @Nullable String adminToken;

    @Option(
            names = "--admin-port",
            paramLabel = "PORT",
            description = "Port on loopback for /_moorage/ alone; 0 takes a free one (default the same port).")
    private @Nullable Integer adminPort;

    @Option(names = "--config", paramLabel = "FILE", description = "Settings to use instead of conf/moorage.conf.")
    private @Nullable Path configFile;

    @Option(
            names = "--at",
            paramLabel = "POINT",
            description = "Serve the past, read-only: as of an offset, a time or a RequestId.")
    private @Nullable String point;

    @Override
    public void run() {
        var server = start();
        var stopped = new CountDownLatch(1);
        Runtime.getRuntime()
                .addShutdownHook(new Thread(
                        () -> {
                            server.close();
                            stopped.countDown();
                        },
                        "moorage-shutdown"));
        System.out.println(server.description());
        awaitForEver(stopped);
    }

    private Server start() {
        var config = config();
        LogFormat.of(config).use();
        var settings = Settings.of(config);
        if (point == null) return Server.start(settings, Clock.systemUTC());
        if (inMemory || fleets != null || detachTime != null || timeScale != null) {
            throw new CannotStart(
                    "--at serves what is in a journal already: --in-memory, --fleet, --detach-time and --time-scale do"
                            + " not go with it");
        }
        return Server.startAt(point, settings);
    }

    private static void awaitForEver(CountDownLatch stopped) {
        try {
            stopped.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** The command line wins over the file, the file over what is built in. */
    private Config config() {
        try {
            var builtIn = ConfigFactory.load("server");
            var config = file(builtIn).withFallback(builtIn);
            config = with(config, "host", host, "--host");
            config = with(config, "port", port, "--port");
            config = with(config, "data", data, "--data");
            config = with(config, "in-memory", inMemory ? true : null, "--in-memory");
            config = with(config, "fleets", fleets, "--fleet");
            config = with(config, "auth", auth, "--auth");
            config = with(config, "admin.token", adminToken, "--admin-token");
            config = with(config, "admin.port", adminPort, "--admin-port");
            config = with(config, "tls.cert", tlsCertificate, "--tls-cert");
            config = with(config, "tls.key", tlsKey, "--tls-key");
            config = with(config, "log-format", logFormat, "--log-format");
            config = with(config, "durations.DetachDisk", detachTime, "--detach-time");
            config = with(config, "time-scale", timeScale, "--time-scale");
            return config.resolve();
        } catch (ConfigException e) {
            throw new CannotStart("The configuration cannot be used: " + e.getMessage());
        }
    }

    private static Config with(Config config, String key, @Nullable Object value, String option) {
        return value == null
                ? config
                : config.withValue("moorage." + key, ConfigValueFactory.fromAnyRef(value, option));
    }

    private Config file(Config builtIn) {
        var file = configFile == null ? home().resolve("conf/moorage.conf") : configFile;
        if (!Files.isReadable(file)) {
            if (configFile == null) return ConfigFactory.empty();
            throw new CannotStart("The configuration file " + file + " cannot be read");
        }
        var config = ConfigFactory.parseFile(
                        file.toFile(), ConfigParseOptions.defaults().setAllowMissing(false))
                .resolveWith(builtIn);
        // Whatever can be set has a default, so what has none is misspelt.
        for (var setting : config.entrySet()) {
            boolean isForOthers = CHECKED_ELSEWHERE.stream().anyMatch(setting.getKey()::startsWith);
            if (!isForOthers && !builtIn.hasPathOrNull(setting.getKey())) {
                throw new CannotStart(
                        setting.getValue().origin().description() + ": there is no setting " + setting.getKey());
            }
        }
        return config;
    }

    private static Path home() {
        return Path.of(System.getProperty("moorage.home", "."));
    }
}
