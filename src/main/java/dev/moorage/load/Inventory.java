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

/** The data disks that a server has, as anyone can list them. */
record Inventory(Map<String, Entry> disks) {
    private static final int PAGE = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** @param attachments how many instances it is said to be on */
    record Entry(String instanceId, String status, int attachments, String zone, String region) {
        boolean isAttached() {
            return status.equals("In_use") && !instanceId.isEmpty();
        }
    }

    static Inventory read(URI target, Signer signer, String region) {
        var http = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
        var disks = new LinkedHashMap<String, Entry>();
        String token = "";
        do {
            var page = page(http, target, signer, region, token);
            for (var disk : page.path("Disks").path("Disk")) {
                disks.put(
                        disk.path("DiskId").asText(),
                        new Entry(
                                disk.path("InstanceId").asText(),
                                disk.path("Status").asText(),
                                disk.path("Attachments").path("Attachment").size(),
                                disk.path("ZoneId").asText(),
                                disk.path("RegionId").asText()));
            }
            token = page.path("NextToken").asText();
        } while (!token.isEmpty());
        return new Inventory(disks);
    }

    private static JsonNode page(HttpClient http, URI target, Signer signer, String region, String token) {
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
            var answer = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            var body = Answer.read(answer.body());
            if (Answer.isGood(answer.statusCode())) return body;
            throw new NotRun("The server does not list its disks: "
                    + Answer.error(answer.statusCode(), answer.body()) + ", "
                    + body.path("Message").asText());
        } catch (IOException e) {
            throw new NotRun("No ECS answers at " + target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotRun("It was interrupted");
        }
    }
}
