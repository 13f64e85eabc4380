package dev.moorage;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import dev.moorage.action.Actions;
import dev.moorage.action.Compatibility;
import dev.moorage.action.Durations;
import dev.moorage.contract.AccessKeys;
import dev.moorage.contract.Gateway;
import dev.moorage.domain.Progression;
import dev.moorage.domain.Throttling;
import dev.moorage.fault.ThrottlingText;
import dev.moorage.http.AdminSettings;
import dev.moorage.http.AdminToken;
import dev.moorage.http.FrontDoor;
import dev.moorage.http.Loopback;
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
        Pace pace,
        Durations durations,
        Compatibility compatibility,
        boolean deleteAutoSnapshot,
        Engine engine,
        boolean fsync,
        Duration idle,
        FrontDoor.Limits limits,
        AdminSettings admin,
        Throttling throttling,
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
                    Pace.of(config.getString("time-scale")),
                    durations(config.getConfig("durations"), config.getLong("seed")),
                    Compatibility.of(config.getString("compatibility")),
                    config.getBoolean("delete-auto-snapshot"),
                    Engine.of(config.getString("journal.engine")),
                    config.getBoolean("journal.fsync"),
                    idle(config),
                    limits(config.getConfig("http")),
                    admin(config.getConfig("admin")),
                    throttlings().read(config.getConfig("throttling")),
                    tls(config),
                    all);
        } catch (ConfigException | IllegalArgumentException e) {
            throw new CannotStart("The configuration cannot be used: " + e.getMessage());
        }
    }

    static ThrottlingText throttlings() {
        return new ThrottlingText(Actions.specs().keySet());
    }

    private static FrontDoor.Limits limits(Config config) {
        return new FrontDoor.Limits(
                config.getBytes("max-body"),
                config.getBytes("max-bodies"),
                config.getDuration("body-timeout"),
                config.getInt("max-in-flight"),
                config.getInt("max-connections"),
                config.getDuration("first-request-timeout"));
    }

    private static int port(Config config) {
        int port = config.getInt("port");
        if (port < 0 || port > 65_535) throw new CannotStart("A port is 0 to 65535, not " + port);
        return port;
    }

    private static AdminSettings admin(Config config) {
        return new AdminSettings(
                config.getIsNull("token") ? null : token(config),
                config.getIsNull("port") ? null : port(config),
                config.getString("host"),
                calls(config));
    }

    private static AdminToken token(Config config) {
        String token = config.getString("token");
        if (token.isBlank()) throw new CannotStart("An admin token is not empty: leave it out, if there is to be none");
        return new AdminToken(token.strip());
    }

    private static int calls(Config config) {
        int calls = config.getInt("calls");
        if (calls < 0) throw new CannotStart("admin.calls is how many calls are remembered, 0 or more, not " + calls);
        return calls;
    }

    private static boolean isAuthRequired(Config config) {
        String auth = config.getString("auth");
        return switch (auth) {
            case "required" -> true;
            case "open" -> false;
            case "auto" -> !Loopback.is(config.getString("host"));
            default -> throw new CannotStart("auth is open, required or auto, not " + auth);
        };
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

    private static Durations durations(Config config, long seed) {
        var progressions = new TreeMap<String, Progression>();
        for (var action : config.root().keySet()) {
            progressions.put(action, progression(config, action));
        }
        return new Durations(progressions, seed);
    }

    private static Duration idle(Config config) {
        var idle = config.getDuration("idle");
        if (idle.isZero() || idle.isNegative()) throw new CannotStart("idle is longer than nothing, not " + idle);
        return idle;
    }

    /** A duration as the configuration has it elsewhere too, or one of the other ways. */
    private static Progression progression(Config config, String action) {
        try {
            var duration = config.getDuration(action);
            if (duration.isNegative()) throw new CannotStart(action + " cannot take " + duration);
            return new Progression.After(duration);
        } catch (ConfigException.BadValue | ConfigException.WrongType e) {
            try {
                return Progression.parse(config.getString(action));
            } catch (IllegalArgumentException none) {
                throw new CannotStart(config.getValue(action).origin().description() + ": how long " + action
                        + " takes cannot be read. " + none.getMessage());
            }
        }
    }
}
