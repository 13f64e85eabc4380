package dev.moorage.replay;

import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.moorage.domain.EntityId;
import dev.moorage.journal.EventStore;
import dev.moorage.journal.JsonLinesReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/** The journal of a server that is running, over HTTP. */
final class ServerHistory implements History {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    static final String TOKEN = "MOORAGE_ADMIN_TOKEN";
    private static final Set<Integer> NOT_FOR_YOU = Set.of(401, 403);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final String url;

    private final @Nullable String token;

    private ServerHistory(String url, @Nullable String token) {
        this.url = url;
        this.token = token;
    }

    /**
     * Asks the server whether it is one.
     *
     * @param token what the server may want to be told, or null
     * @throws BadInput if nothing answers there, or something else does
     */
    static ServerHistory open(String url, @Nullable String token) {
        var history = new ServerHistory(url.endsWith("/") ? url.substring(0, url.length() - 1) : url, token);
        try (var body = history.get("/_moorage/ready")) {
            var ready = JsonMapper.builder().build().readTree(body);
            if (!ready.path("status").asText().equals("ready")) throw history.isNoMoorage();
        } catch (IOException e) {
            throw history.isNoMoorage();
        }
        return history;
    }

    private BadInput isNoMoorage() {
        return new BadInput("What answers at " + url + " is no Moorage");
    }

    private InputStream get(String pathAndQuery) {
        HttpResponse<InputStream> answer;
        try {
            var request = HttpRequest.newBuilder(URI.create(url + pathAndQuery)).timeout(PATIENCE);
            if (token != null) request.header("Authorization", "Bearer " + token);
            answer = http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofInputStream())
                    .join();
        } catch (IllegalArgumentException e) {
            throw new BadInput("--from takes the URL of a server, such as http://127.0.0.1:8642, not " + url);
        } catch (CompletionException e) {
            if (e.getCause() instanceof SSLException tls) {
                throw new BadInput("There is no TLS with " + url + " from here: " + tls.getMessage());
            }
            throw new BadInput("No server answers at " + url);
        }
        if (NOT_FOR_YOU.contains(answer.statusCode())) throw isNotForYou(answer);
        if (answer.statusCode() != 200) throw isNoMoorage();
        return answer.body();
    }

    private BadInput isNotForYou(HttpResponse<InputStream> answer) {
        try (var body = answer.body()) {
            var error = JsonMapper.builder().build().readTree(body).path("error");
            if (!error.isTextual()) return isNoMoorage();
            return new BadInput("The server at " + url + " does not let its journal be read: " + error.textValue()
                    + (answer.statusCode() == 401 ? ". It is taken from the environment variable " + TOKEN : ""));
        } catch (IOException e) {
            return isNoMoorage();
        }
    }

    @Override
    public void rows(long fromOffset, long toOffset, EventStore.Reader reader) {
        stream("?from=" + fromOffset + "&to=" + toOffset, reader);
    }

    @Override
    public void rowsOf(EntityId entity, EventStore.Reader reader) {
        stream("?entity=" + entity.value(), reader);
    }

    private void stream(String query, EventStore.Reader reader) {
        try (var body = get("/_moorage/journal" + query)) {
            var rows = new JsonLinesReader(body);
            for (var row = rows.next(); row != null; row = rows.next()) reader.read(row.offset(), row.value());
        } catch (JsonLinesReader.Broken e) {
            throw new BadInput("The journal from " + url + " " + e.getMessage());
        } catch (IOException e) {
            throw new BadInput("The journal from " + url + " cannot be read: " + e.getMessage());
        }
    }

    @Override
    public boolean isLive() {
        return true;
    }

    @Override
    public String description() {
        return url;
    }

    @Override
    public void close() {}
}
