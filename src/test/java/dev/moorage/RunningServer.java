package dev.moorage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/** The product, started for a test on a port of its own, with a clock that the test moves. */
final class RunningServer implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final SteppedClock clock;
    private final Server server;

    private RunningServer(Server server, SteppedClock clock) {
        this.server = server;
        this.clock = clock;
    }

    /** In memory, on the demo fleet. {@code settings} are lines of HOCON, such as {@code moorage.auth = required}. */
    static RunningServer start(String... settings) {
        var clock = new SteppedClock();
        return new RunningServer(Server.start(settings(settings), clock), clock);
    }

    /** On the journal of a server that is not running, as it was at a point of it. */
    static RunningServer past(String point, String... settings) {
        return new RunningServer(Server.startAt(point, settings(settings)), new SteppedClock());
    }

    private static Settings settings(String... lines) {
        var config = ConfigFactory.parseString(String.join("\n", lines))
                .withFallback(ConfigFactory.parseString("""
                        moorage {
                          port = 0
                          in-memory = true
                          fleets = [ "conf/fleets/demo.conf" ]
                          admin.token = null
                        }
                        """))
                .withFallback(ConfigFactory.load("server"))
                .resolve();
        return Settings.of(config);
    }

    String url() {
        return server.url();
    }

    /** What is said under {@code /_moorage/}, as JSON. */
    JsonNode admin(String pathAndQuery) {
        try {
            return JSON.readTree(get("/_moorage/" + pathAndQuery).body());
        } catch (IOException e) {
            throw new AssertionError("The answer is not JSON", e);
        }
    }

    /** Sends bytes that Java's client would not, and reads until the server closes. */
    String raw(String request) {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), URI.create(url()).getPort())) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        }
    }

    /** Host and port, as the vendor's clients want their endpoint. */
    String endpoint() {
        return url().substring("http://".length());
    }

    Server server() {
        return server;
    }

    /** Moves simulated time; what is due then happens soon after. */
    void advance(Duration by) {
        clock.advance(by);
        server.ecs().lookAtClock();
    }

    /** Moves simulated time, and nobody looks at the clock. */
    void advanceUnnoticed(Duration by) {
        clock.advance(by);
    }

    /** Calls an action without a signature. The arguments are names and values in turn. */
    HttpResponse<String> call(String action, String... arguments) {
        var query = new StringBuilder("/?Version=2014-05-26&Action=" + action);
        for (int i = 0; i < arguments.length; i += 2) {
            query.append('&').append(arguments[i]).append('=').append(encoded(arguments[i + 1]));
        }
        return get(query.toString());
    }

    /** Calls an action, and reads its answer as JSON. */
    JsonNode json(String action, String... arguments) {
        var withFormat = new String[arguments.length + 2];
        System.arraycopy(arguments, 0, withFormat, 0, arguments.length);
        withFormat[arguments.length] = "Format";
        withFormat[arguments.length + 1] = "JSON";
        try {
            return JSON.readTree(call(action, withFormat).body());
        } catch (IOException e) {
            throw new AssertionError("The answer is not JSON", e);
        }
    }

    /** What DescribeDisks says of one disk. */
    JsonNode disk(String diskId) {
        return json("DescribeDisks", "RegionId", "cn-hangzhou", "DiskIds", "[\"" + diskId + "\"]")
                .at("/Disks/Disk/0");
    }

    HttpResponse<String> get(String pathAndQuery) {
        return send(HttpRequest.newBuilder(URI.create(url() + pathAndQuery)).build());
    }

    HttpResponse<String> post(String pathAndQuery, Map<String, String> form) {
        var body = new StringBuilder();
        form.forEach((name, value) ->
                body.append(body.isEmpty() ? "" : "&").append(name).append('=').append(encoded(value)));
        return send(HttpRequest.newBuilder(URI.create(url() + pathAndQuery))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError("No answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted", e);
        }
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        server.close();
    }
}
