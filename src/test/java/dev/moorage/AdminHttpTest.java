package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets through the admin door, and who does not. */
class AdminHttpTest {
    private static final String TOKEN = "moorage.admin.token = s3cret";
    private static final String PUBLIC = "moorage.host = 0.0.0.0";
    private static final String OWN_PORT = "moorage.admin.port = 0";

    private static HttpResponse<String> get(RunningServer server, String url, String... headers) {
        var request = HttpRequest.newBuilder(URI.create(url));
        if (headers.length > 0) request.headers(headers);
        return server.send(request.build());
    }

    private static void assertRefused(HttpResponse<String> answer, int status, String sentence) {
        assertThat(answer.body()).isEqualTo("{\"error\":\"" + sentence + "\"}");
        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("x-acs-request-id")).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"live", "ready", "calls", "journal", "unknown-parameters", "resources", ""})
    void isOpenOnLoopback(String path) {
        try (var server = RunningServer.start()) {
            var answer = server.get("/_moorage/" + path);

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("x-acs-request-id")).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://example.com, 403",
        "https://localhost.example.com, 403",
        "http://127.example.com, 403",
        "null, 403",
        "'', 403",
        "http://[, 403",
        "http://localhost:3000, 200",
        "http://127.0.0.1:8642, 200",
        "http://[::1]:8642, 200",
    })
    void letsNoForeignPageIn(String origin, int status) {
        try (var server = RunningServer.start()) {
            assertThat(get(server, server.url() + "/_moorage/calls", "Origin", origin)
                            .statusCode())
                    .isEqualTo(status);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "localhost, 200",
        "localhost:8642, 200",
        "moorage.localhost:8642, 200",
        "127.0.0.1, 200",
        "[::1]:8642, 200",
        "example.com, 403",
        "127.example.com:8642, 403",
        "192.168.0.1, 403",
    })
    void isCalledByALocalName(String host, int status) {
        try (var server = RunningServer.start()) {
            assertThat(server.raw("GET /_moorage/calls HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 " + status);
            assertThat(server.raw("GET /_moorage/live HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n"))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @Test
    void isClosedWhereOthersCanReachIt() {
        try (var server = RunningServer.start(PUBLIC)) {
            assertRefused(
                    server.get("/_moorage/calls"),
                    403,
                    "The admin door is closed, since others than this machine can reach 0.0.0.0: serve takes"
                            + " --admin-token TOKEN, or --admin-port PORT for a door on this machine alone");
            assertThat(server.get("/_moorage/no-such-thing").statusCode()).isEqualTo(403);
            assertThat(server.get("/_moorage/").statusCode()).isEqualTo(403);
            assertThat(server.get("/_moorage/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/_moorage/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void answersProbesWhateverTheirQuery() {
        try (var server = RunningServer.start()) {
            assertThat(server.get("/_moorage/live?verbose&ts=1764400000").statusCode())
                    .isEqualTo(200);
            assertThat(server.get("/_moorage/live?x=%ff").statusCode()).isEqualTo(200);
            assertThat(server.get("/_moorage/ready?verbose").statusCode()).isEqualTo(200);
            assertThat(server.get("/_moorage/resources?verbose").statusCode()).isEqualTo(400);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Bearer s3cret, 200",
        "bearer s3cret, 200",
        "Bearer  s3cret, 200",
        "Bearer s3cre, 401",
        "Bearer s3crets, 401",
        "Bearer, 401",
        "s3cret, 401",
        "Basic s3cret, 401",
    })
    void asksForItsToken(String authorization, int status) {
        try (var open = RunningServer.start(TOKEN);
                var reachable = RunningServer.start(TOKEN, PUBLIC)) {
            for (var server : new RunningServer[] {open, reachable}) {
                assertThat(get(server, server.url() + "/_moorage/calls", "Authorization", authorization)
                                .statusCode())
                        .isEqualTo(status);
            }
        }
    }

    @Test
    void saysThatItTakesAToken() {
        try (var server = RunningServer.start(TOKEN)) {
            var answer = server.get("/_moorage/calls");

            assertRefused(answer, 401, "This takes the admin token, as Authorization: Bearer TOKEN");
            assertThat(answer.headers().firstValue("www-authenticate")).contains("Bearer");
            assertThat(server.get("/_moorage/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void hasNothingToHideFromAForeignNameThatKnowsTheToken() {
        try (var server = RunningServer.start(TOKEN)) {
            assertThat(server.raw(String.join(
                            "\r\n",
                            "GET /_moorage/calls HTTP/1.1",
                            "Host: moorage.example.com",
                            "Authorization: Bearer s3cret",
                            "Connection: close",
                            "",
                            "")))
                    .startsWith("HTTP/1.1 200");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"moorage.host = 127.0.0.1", PUBLIC})
    void canHaveAPortOfItsOwn(String host) {
        try (var server = RunningServer.start(host, OWN_PORT)) {
            String own = server.server().adminUrl();

            assertThat(own).startsWith("http://127.0.0.1:").isNotEqualTo(server.url());
            assertThat(server.server().description()).contains(", its admin door at " + own + "/_moorage/, journal");
            assertThat(get(server, own + "/_moorage/calls").statusCode()).isEqualTo(200);
            assertThat(get(server, own + "/_moorage/live").statusCode()).isEqualTo(200);
            assertThat(get(server, own + "/?Action=DescribeRegions").statusCode())
                    .isEqualTo(404);
            assertRefused(
                    server.get("/_moorage/calls"),
                    404,
                    "There is nothing here. Under /_moorage/ there are live, ready");
            assertThat(server.get("/_moorage/live").statusCode()).isEqualTo(200);
            assertThat(server.get("/_moorage/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void asksForItsTokenOnItsOwnPortToo() {
        try (var server = RunningServer.start(OWN_PORT, TOKEN)) {
            String calls = server.server().adminUrl() + "/_moorage/calls";

            assertThat(get(server, calls).statusCode()).isEqualTo(401);
            assertThat(get(server, calls, "Authorization", "Bearer s3cret").statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void saysWhichPortIsNotToBeHad() {
        try (var server = RunningServer.start()) {
            int taken = URI.create(server.url()).getPort();

            assertThatThrownBy(() -> RunningServer.start("moorage.admin.port = " + taken))
                    .isInstanceOf(CannotStart.class)
                    .hasMessage("Port " + taken + " on 127.0.0.1 is in use or not to be had");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            moorage.admin.port = 70000 | A port is 0 to 65535, not 70000
            moorage.admin.token = ""   | An admin token is not empty: leave it out, if there is to be none
            moorage.admin.calls = -1   | admin.calls is how many calls are remembered, 0 or more, not -1
            """)
    void doesNotStartWithWhatCannotBe(String setting, String sentence) {
        assertThatThrownBy(() -> RunningServer.start(setting))
                .isInstanceOf(CannotStart.class)
                .hasMessage(sentence);
    }

    @Test
    void doesNotSayItsToken() {
        try (var server = RunningServer.start(TOKEN)) {
            assertThat(server.server().description()).doesNotContain("s3cret");
        }
    }
}
