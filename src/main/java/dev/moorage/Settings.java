package dev.moorage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.moorage.action.Compatibility;
import dev.moorage.action.Durations;
import dev.moorage.contract.AccessKeys;
import dev.moorage.contract.Gateway;
import dev.moorage.journal.Engine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.TreeMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What a server is started with.
 *
 * @param tls what the door proves itself with; null if it speaks plain HTTP
 * @param all everything, for the actor system
 */
record Settings(
        String host,
        int port,
        Path data,
        boolean inMemory,
        Gateway.Auth auth,
        List<AccessKeys.Key> accounts,
        List<Path> fleets,
        Durations durations,
        Compatibility compatibility,
        boolean deleteAutoSnapshot,
        Engine engine,
        boolean fsync,
        Duration idle,
        long maxBodyBytes,
        Duration bodyTimeout,
        @Nullable SSLContext tls,
        Config all) {

    /**
     * Reads the configuration.
     *
     * @throws CannotStart if a value is not one that its key can have
     */
    static Settings of(Config all) {
        try {
            var config = all.getConfig("moorage");
            return new Settings(
                    config.getString("host"),
                    port(config),
                    Path.of(config.getString("data")),
                    config.getBoolean("in-memory"),
                    new Gateway.Auth(
                            isAuthRequired(config), config.getDuration("timestamp-window"), config.getInt("nonces")),
                    config.getConfigList("accounts").stream().map(Settings::key).toList(),
                    config.getStringList("fleets").stream().map(Path::of).toList(),
                    durations(config.getConfig("durations")),
                    Compatibility.of(config.getString("compatibility")),
                    config.getBoolean("delete-auto-snapshot"),
                    Engine.of(config.getString("journal.engine")),
                    config.getBoolean("journal.fsync"),
                    config.getDuration("idle"),
                    config.getBytes("http.max-body"),
                    config.getDuration("http.body-timeout"),
                    tls(config),
                    all);
        } catch (ConfigException | IllegalArgumentException e) {
            throw new CannotStart("The configuration cannot be used: " + e.getMessage());
        }
    }

    private static int port(Config config) {
        int port = config.getInt("port");
        if (port < 0 || port > 65_535) throw new CannotStart("A port is 0 to 65535, not " + port);
        return port;
    }

    private static boolean isAuthRequired(Config config) {
        String auth = config.getString("auth");
        return switch (auth) {
            case "required" -> true;
            case "open" -> false;
            case "auto" -> !isLoopback(config.getString("host"));
            default -> throw new CannotStart("auth is open, required or auto, not " + auth);
        };
    }

    private static boolean isLoopback(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1") || host.equals("[::1]");
    }

    private static @Nullable SSLContext tls(Config config) {
        boolean hasCertificate = config.hasPath("tls.cert");
        if (hasCertificate != config.hasPath("tls.key")) {
            throw new CannotStart("TLS takes a certificate and its key (--tls-cert and --tls-key), and there is only "
                    + (hasCertificate ? "a certificate" : "a key"));
        }
        return hasCertificate
                ? TlsFiles.read(Path.of(config.getString("tls.cert")), Path.of(config.getString("tls.key")))
                : null;
    }

    private static AccessKeys.Key key(Config key) {
        return new AccessKeys.Key(
                key.getString("accessKeyId"),
                key.getString("accessKeySecret"),
                key.hasPath("account") ? key.getString("account") : null);
    }

    private static Durations durations(Config config) {
        var durations = new TreeMap<String, Duration>();
        for (var action : config.root().keySet()) {
            var duration = config.getDuration(action);
            if (duration.isNegative()) throw new CannotStart(action + " cannot take " + duration);
            durations.put(action, duration);
        }
        return new Durations(durations);
    }
}
