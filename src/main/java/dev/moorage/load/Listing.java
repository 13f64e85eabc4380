package dev.moorage.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.contract.Signer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Asks a server for its data disks, page after page. */
final class Listing {
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(PATIENCE).build();
    private final URI target;
    private final Signer signer;
    private final String region;

    private Listing(URI target, Signer signer, String region) {
        this.target = target;
        this.signer = signer;
        this.region = region;
    }

    static Inventory of(URI target, Signer signer, String region) {
        var listing = new Listing(target, signer, region);
        var disks = new LinkedHashMap<String, Inventory.Entry>();
        String token = "";
        do {
            var page = listing.page(token);
            disks.putAll(Inventory.of(page).disks());
            token = page.path("NextToken").asText();
        } while (!token.isEmpty());
        return new Inventory(disks);
    }

    private JsonNode page(String token) {
        var asked = new TreeMap<>(Map.of("RegionId", region, "DiskType", "data", "MaxResults", Integer.toString(PAGE)));
        if (!token.isEmpty()) asked.put("NextToken", token);
        var signed = signer.sign(
                Verb.DESCRIBE.action(),
                asked,
                target.getAuthority(),
                Instant.now(),
                UUID.randomUUID().toString());
        var request = HttpRequest.newBuilder(target.resolve("/?" + signed.query()))
                .timeout(PATIENCE)
                .POST(HttpRequest.BodyPublishers.noBody());
        signed.headers().forEach((name, value) -> {
            if (!name.equals("host")) request.header(name, value);
        });
        try {
            var response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var answer = Answer.of(response.statusCode(), response.body());
            if (answer.error() == null) return answer.body();
            throw new NotRun("The server does not list its disks: " + answer.error() + ", "
                    + answer.body().path("Message").asText());
        } catch (IOException e) {
            throw new NotRun("No ECS answers at " + target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotRun("It was interrupted");
        }
    }
}
