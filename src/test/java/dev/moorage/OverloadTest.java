package dev.moorage;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Too much of something: whoever brings it is sent away, and the others are served. */
@Timeout(60)
class OverloadTest {
    private static final String LIST = "/?Action=DescribeDisks&Version=2014-05-26&RegionId=cn-hangzhou";

    private static Socket connect(RunningServer server) throws IOException {
        return new Socket(
                InetAddress.getLoopbackAddress(), URI.create(server.url()).getPort());
    }

    private static void send(Socket socket, String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(US_ASCII));
    }

    /** A call that takes its time. */
    private static CompletableFuture<HttpResponse<String>> held(RunningServer server) {
        var rule = server.send(HttpRequest.newBuilder(URI.create(server.url() + "/_moorage/rules"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"match\":{\"actions\":[\"DescribeZones\"]},\"effect\":{\"latency\":\"5s\"}}"))
                .build());
        assertThat(rule.statusCode()).as(rule.body()).isLessThan(300);
        return CompletableFuture.supplyAsync(() -> server.call("DescribeZones", "RegionId", "cn-hangzhou"));
    }

    private static boolean metricsSay(RunningServer server, String line) {
        return server.get("/_moorage/metrics").body().contains(line);
    }

    @Test
    void whoComesWhenThereIsNoRoomIsToldToComeBack() {
        try (var server = RunningServer.start("moorage.http.max-in-flight = 1")) {
            var held = held(server);
            await().until(() -> metricsSay(server, "moorage_calls_in_flight 1.0"));
            assertRefused(server.get(LIST), "text/xml", "<Code>ServiceUnavailable</Code>");
            assertRefused(server.get(LIST + "&Format=XML"), "text/xml", "<Code>ServiceUnavailable</Code>");
            assertRefused(server.get(LIST + "&Format=json"), "application/json", "\"Code\":\"ServiceUnavailable\"");
            var last = server.get("/?Format=JSON&" + LIST.substring(2));
            assertRefused(last, "application/json", "\"Code\":\"ServiceUnavailable\"");
            assertThat(server.get("/_moorage/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/_moorage/ready").statusCode()).isEqualTo(200);
            assertThat(held.join().statusCode()).isEqualTo(200);

            assertThat(server.get(LIST).statusCode()).isEqualTo(200);
            assertThat(server.get("/_moorage/metrics").body())
                    .contains("moorage_calls_total{action=\"-\",code=\"ServiceUnavailable\"} 4.0")
                    .contains("moorage_calls_in_flight 0.0");
            assertThat(server.get("/_moorage/calls").body()).doesNotContain(requestIdOf(last));
        }
    }

    private static void assertRefused(HttpResponse<String> answer, String contentType, String code) {
        assertThat(answer.statusCode()).isEqualTo(503);
        assertThat(answer.headers().firstValue("Content-Type")).contains(contentType + ";charset=utf-8");
        assertThat(requestIdOf(answer)).matches("[0-9A-F-]{36}");
        assertThat(answer.body()).contains(code, requestIdOf(answer));
    }

    private static String requestIdOf(HttpResponse<String> answer) {
        return answer.headers().firstValue("x-acs-request-id").orElseThrow();
    }

    @Test
    void aNewcomerTakesThePlaceOfWhoHasAskedNothing() throws IOException {
        try (var server = RunningServer.start(
                        "moorage.http.max-connections = 2", "moorage.http.first-request-timeout = 10m");
                var first = connect(server);
                var second = connect(server)) {
            assertThat(second.isConnected()).isTrue();
            assertThat(server.call("DescribeZones", "RegionId", "cn-hangzhou").statusCode())
                    .isEqualTo(200);
            assertThat(first.getInputStream().read()).as("the end").isEqualTo(-1);
        }
    }

    @Test
    void whoAsksNothingIsSentAway() throws IOException {
        try (var server = RunningServer.start("moorage.http.first-request-timeout = 100ms");
                var idle = connect(server)) {
            assertThat(idle.getInputStream().read()).as("the end").isEqualTo(-1);
        }
    }

    @Test
    void bodiesTogetherAreBounded() throws IOException {
        try (var server = RunningServer.start("moorage.http.max-bodies = 4 KiB", "moorage.http.body-timeout = 30s");
                var slow = connect(server)) {
            send(slow, "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4000\r\n\r\n" + "x".repeat(3_900));
            await().untilAsserted(() -> assertThat(server.post(LIST, Map.of("Filler", "y".repeat(1_000)))
                            .statusCode())
                    .isEqualTo(503));
            assertThat(server.get(LIST).statusCode()).as("without a body").isEqualTo(200);
            slow.shutdownOutput();
            await().untilAsserted(() -> assertThat(server.post(LIST, Map.of("Filler", "y".repeat(1_000)))
                            .statusCode())
                    .isEqualTo(200));
        }
    }

    private static String get(String query) {
        return "GET /?" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    }

    private static String post(String form) {
        return "POST / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Type:"
                + " application/x-www-form-urlencoded\r\nContent-Length: " + form.length() + "\r\n\r\n" + form;
    }

    private static Map<String, String> hostile() {
        String call = "Action=DescribeDisks&Version=2014-05-26&RegionId=cn-hangzhou&";
        String nested = "%5B".repeat(100_000);
        return new TreeMap<>(Map.of(
                "a hundred thousand parameters",
                post(call
                        + IntStream.range(0, 100_000)
                                .mapToObj(i -> "p" + i + "=")
                                .collect(Collectors.joining("&"))),
                "one name a hundred thousand times",
                post(call + "Size=1&".repeat(100_000)),
                "one name a few thousand times in the URL",
                get(call + "Size=1&".repeat(3_000)),
                "a list nested deeply",
                post(call + "DiskIds=" + nested),
                "a huge parameter",
                post(call + "DiskName=" + "x".repeat(2_000_000)),
                "a huge URL",
                get(call + "DiskName=" + "x".repeat(200_000)),
                "many headers",
                get(call).replace("Connection", "X-Flood: 1\r\n".repeat(10_000) + "Connection"),
                "a huge header",
                get(call).replace("Connection", "X-Flood: " + "x".repeat(100_000) + "\r\nConnection"),
                "what is not UTF-8, encoded",
                get(call + "DiskName=%C3%28"),
                "what is not UTF-8",
                post(call + "DiskName=%FF%FE")));
    }

    @Test
    void whatIsTooMuchIsTheCallersFaultAndNobodyElsesTrouble() {
        try (var server = RunningServer.start()) {
            hostile().forEach((what, request) -> {
                var others = CompletableFuture.supplyAsync(() -> IntStream.range(0, 30)
                        .mapToObj(i -> server.get(LIST).statusCode())
                        .collect(Collectors.toSet()));
                assertThat(answer(server, request)).as(what).matches("(HTTP/1\\.1 4(?s:.*)<Code>.*|)");
                assertThat(others.join()).as("the others, beside " + what).containsExactly(200);
            });
            assertThat(server.get("/_moorage/ready").statusCode()).isEqualTo(200);
        }
    }

    /** What comes back, or nothing if the connection ends before. */
    private static String answer(RunningServer server, String request) {
        try (var socket = connect(server)) {
            socket.setSoTimeout(20_000);
            // Who is refused before all is sent is not read to the end.
            try {
                send(socket, request);
            } catch (IOException e) {
                return "";
            }
            return new String(socket.getInputStream().readAllBytes(), US_ASCII);
        } catch (SocketTimeoutException e) {
            throw new AssertionError("Neither an answer nor an end", e);
        } catch (IOException e) {
            return "";
        }
    }
}
