package dev.moorage.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.util.UUID;

/** The data disks that a server has, as anyone can list them. */
record Inventory(Map<String, Entry> disks) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int PAGE = 100;
    private static final int OK = 200;
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
        for (int number = 1; ; number++) {
            var page = page(http, target, signer, region, number);
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
            if (page.path("Disks").path("Disk").size() < PAGE) return new Inventory(disks);
        }
    }

    private static JsonNode page(HttpClient http, URI target, Signer signer, String region, int number) {
        var signed = signer.sign(
                Verb.DESCRIBE.action(),
                Map.of(
                        "RegionId",
                        region,
                        "DiskType",
                        "data",
                        "PageSize",
                        Integer.toString(PAGE),
                        "PageNumber",
                        Integer.toString(number)),
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
            var body = JSON.readTree(answer.body());
            if (answer.statusCode() == OK) return body;
            throw new NotRun("The server does not list its disks: "
                    + body.path("Code").asText() + ", " + body.path("Message").asText());
        } catch (IOException e) {
            throw new NotRun("No ECS answers at " + target);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotRun("It was interrupted");
        }
    }
}
