package dev.moorage.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The server that is asked, and how its answer is printed. */
final class Target {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String TOKEN = "MOORAGE_ADMIN_TOKEN";
    private static final int SERVER_ERROR = 500;
    private static final int CLIENT_ERROR = 400;

    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final ObjectMapper PRETTY =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Option(
            names = "--target",
            paramLabel = "URL",
            description = "The server (default ${DEFAULT-VALUE}). If it wants a token: MOORAGE_ADMIN_TOKEN in the"
                    + " environment.",
            defaultValue = "http://127.0.0.1:8642")
    private String url = "";

    @Option(names = "--json", description = "Print what the server answered, in one line.")
    private boolean json;

    static String encoded(String part) {
        return URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20");
    }

    JsonNode get(String path) {
        return ask("GET", path, "");
    }

    /** Asks, waits as long as it takes, and reads the answer. */
    JsonNode ask(String method, String path, String body) {
        try (var answer = open(method, path, body)) {
            return JSON.readTree(answer);
        } catch (IOException e) {
            throw NotDone.failed("What answers at " + url + " is no Moorage");
        }
    }

    /** Asks, and gives the answer as it comes. */
    InputStream open(String method, String path, String body) {
        HttpResponse<InputStream> answer;
        try {
            var request = HttpRequest.newBuilder(URI.create(base() + "/_moorage/" + path))
                    .method(method, HttpRequest.BodyPublishers.ofString(body));
            String token = System.getenv(TOKEN);
            if (token != null) request.header("Authorization", "Bearer " + token);
            var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
            answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                    .join();
        } catch (IllegalArgumentException e) {
            throw NotDone.wrong("--target is an address such as http://127.0.0.1:8642, not " + url);
        } catch (CompletionException e) {
            throw NotDone.failed("No server answers at " + url);
        }
        if (answer.statusCode() >= CLIENT_ERROR) throw refusal(answer);
        return answer.body();
    }

    private String base() {
        return url.endsWith("/") ? url.substring(0, url.length() - 1) : url;
    }

    private NotDone refusal(HttpResponse<InputStream> answer) {
        String sentence;
        try (var body = answer.body()) {
            sentence = JSON.readTree(body).path("error").asText();
        } catch (IOException e) {
            sentence = "";
        }
        if (sentence.isEmpty()) return NotDone.failed("What answers at " + url + " is no Moorage");
        return answer.statusCode() >= SERVER_ERROR ? NotDone.failed(sentence) : NotDone.wrong(sentence);
    }

    boolean isJson() {
        return json;
    }

    /** Prints an answer as it is. */
    void print(JsonNode answer) {
        try {
            line((json ? JSON : PRETTY).writeValueAsString(answer));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can be written", e);
        }
    }

    void line(String line) {
        var out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /** The output is closed: nobody reads on. */
    boolean isClosed() {
        return spec.commandLine().getOut().checkError();
    }
}
