package dev.moorage.load;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** What the server is asked for before a run. */
final class AskedFor {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final int REFUSED = 400;

    private AskedFor() {}

    /** Asks a server that can give it for a fleet. What came of it, in words: one that cannot is driven as it is. */
    static String fleet(URI target, Workload.Fleet fleet) {
        var request = HttpRequest.newBuilder(target.resolve("/_moorage/fleet"))
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain")
                .POST(HttpRequest.BodyPublishers.ofString(fleet.text()));
        String token = System.getenv("MOORAGE_ADMIN_TOKEN");
        if (token != null) request.header("Authorization", "Bearer " + token);
        try {
            var answer = HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() < REFUSED
                    ? "the workload's fleet, " + fleet.instances() + " instances with " + fleet.disksPerInstance()
                            + " disks each, was asked for"
                    : "it takes no fleet (" + answer.statusCode() + ")";
        } catch (IOException e) {
            return "it could not be asked for a fleet";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NotRun("It was interrupted");
        }
    }
}
