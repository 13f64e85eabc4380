package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Facts as they are written. */
@Timeout(60)
class EventsHttpTest {
    private record Event(long id, String name, String data) {}

    /** Somebody who listens. */
    private static final class Ear implements AutoCloseable {
        private final BufferedReader lines;
        private final HttpResponse<?> answer;
        /** Whoever drops their client drops their connection. */
        private final HttpClient http = HttpClient.newHttpClient();

        Ear(RunningServer server, String query, String... headers) throws IOException, InterruptedException {
            var request = HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/events" + query));
            if (headers.length > 0) request.headers(headers);
            var got = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            this.answer = got;
            this.lines = new BufferedReader(new InputStreamReader(got.body(), StandardCharsets.UTF_8));
        }

        Event next() throws IOException {
            long id = -1;
            String name = "";
            String data = "";
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("id: ")) id = Long.parseLong(line.substring(4));
                if (line.startsWith("event: ")) name = line.substring(7);
                if (line.startsWith("data: ")) data = line.substring(6);
                if (line.isEmpty() && id >= 0) return new Event(id, name, data);
            }
            throw new IOException("It is over");
        }

        /** The last chunk may still have come, or the connection is just gone. */
        boolean isOver() {
            try {
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    if (!line.isEmpty() && !line.startsWith(":")) return false;
                }
            } catch (IOException e) {
                return true;
            }
            return true;
        }

        @Override
        public void close() throws IOException {
            lines.close();
        }
    }

    private static void detach(RunningServer server) {
        server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
    }

    @Test
    void tellsAFactAsItIsWritten() throws Exception {
        try (var server = RunningServer.start();
                var ear = new Ear(server, "")) {
            detach(server);
            var event = ear.next();

            assertThat(ear.answer.headers().firstValue("content-type").orElse(""))
                    .startsWith("text/event-stream");
            assertThat(event.name()).isEqualTo("disk.detaching");
            assertThat(server.get("/_moorage/journal?from=" + event.id()).body())
                    .contains("\n" + event.data() + "\n");
        }
    }

    @Test
    void goesOnWhereAListenerWas() throws Exception {
        try (var server = RunningServer.start()) {
            long first = server.admin("ready").path("offset").asLong();
            detach(server);

            try (var ear = new Ear(server, "?from=0", "Last-Event-ID", String.valueOf(first - 1))) {
                assertThat(ear.next().id()).isEqualTo(first);
                assertThat(ear.next().id()).isEqualTo(first + 1);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "event=disk.detaching, disk.detaching",
        "'event=disk.detached,disk.detaching', disk.detaching",
        "entity=d-23jbf2v5m, disk.provisioned",
        "'entity=d-none,i-23jggx34b', instance.provisioned",
        "entity=d-23jbf2v5m&event=disk.detaching, disk.detaching",
    })
    void tellsWhatIsWanted(String query, String name) throws Exception {
        try (var server = RunningServer.start()) {
            detach(server);

            try (var ear = new Ear(server, "?from=0&" + query)) {
                assertThat(ear.next().name()).isEqualTo(name);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void missesNothingAndRepeatsNothingWhileMuchIsWritten(boolean inMemory, @TempDir Path data) throws Exception {
        int disks = 300;
        var pool = Executors.newFixedThreadPool(4);
        try (var server = RunningServer.start("moorage.in-memory = " + inMemory, "moorage.data = \"" + data + "\"")) {
            var writers = new ArrayList<Future<?>>();
            for (int writer = 0; writer < 2; writer++) {
                writers.add(pool.submit(() -> {
                    for (int i = 0; i < disks; i++) {
                        server.call(
                                "CreateDisk",
                                "RegionId",
                                "cn-hangzhou",
                                "ZoneId",
                                "cn-hangzhou-b",
                                "DiskCategory",
                                "cloud_ssd",
                                "Size",
                                "40");
                    }
                }));
            }
            var heard = new ArrayList<Future<List<Long>>>();
            for (int listener = 0; listener < 2; listener++) {
                heard.add(pool.submit(() -> {
                    var ids = new ArrayList<Long>();
                    try (var ear = new Ear(server, "?from=0")) {
                        while (ids.size() < 2 * disks) ids.add(ear.next().id());
                    }
                    return ids;
                }));
            }
            for (var writer : writers) writer.get();
            for (var listener : heard) {
                assertThat(listener.get())
                        .isEqualTo(LongStream.range(0, 2L * disks).boxed().toList());
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    @SuppressWarnings("try") // The socket is only there.
    void endsWithTheServerAndDoesNotHoldItUp() throws Exception {
        var server = RunningServer.start();
        for (int i = 0; i < 300; i++) server.call("CreateDisk", "ZoneId", "cn-hangzhou-b", "Size", "40");
        try (var ear = new Ear(server, "");
                var deaf = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.url()).getPort())) {
            deaf.getOutputStream()
                    .write("GET /_moorage/events?from=0 HTTP/1.1\r\nHost: localhost\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            long begun = System.nanoTime();
            server.close();

            assertThat(System.nanoTime() - begun).isLessThan(5_000_000_000L);
            assertThat(ear.isOver()).isTrue();
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from=x     | from is a whole number, 0 or more, not x
            entity=x-1 | entity is the id of a disk or an instance, d-… or i-…, not x-1
            form=1     | There is no parameter form. Did you mean from? There are from, entity, event
            """)
    void saysWhatIsWrong(String query, String sentence) {
        try (var server = RunningServer.start()) {
            var answer = server.get("/_moorage/events?" + query);

            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body()).isEqualTo("{\"error\":\"" + sentence + "\"}");
        }
    }

    @Test
    void saysWhichEventWasMeant() {
        try (var server = RunningServer.start()) {
            assertThat(server.get("/_moorage/events?event=disk.detachign").body())
                    .contains("There is no event disk.detachign. Did you mean disk.detaching? There are disk.");
        }
    }
}
