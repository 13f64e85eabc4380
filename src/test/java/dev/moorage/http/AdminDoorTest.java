package dev.moorage.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.javadsl.Behaviors;
import akka.http.javadsl.model.ContentTypes;
import akka.http.javadsl.model.HttpEntities;
import akka.http.javadsl.model.HttpMethods;
import akka.http.javadsl.model.HttpRequest;
import akka.http.javadsl.model.HttpResponse;
import akka.http.javadsl.model.headers.RawHeader;
import akka.stream.Materializer;
import akka.stream.javadsl.Source;
import akka.util.ByteString;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AdminDoorTest {
    private static final ActorSystem<Void> SYSTEM = ActorSystem.create(Behaviors.ignore(), "admin");
    private static final int MOST_BYTES = 1_000;

    private final AdminDoor door = new AdminDoor(
            List.of(
                    AdminRoute.get("plain", "A plain one", request -> said("plain")),
                    AdminRoute.get("things/{name}", "One of them", request -> said(request.part("name")))
                            .asking("limit", "after"),
                    AdminRoute.of("POST", "things", "Makes one", AdminRoute.atOnce(AdminDoorTest::make))
                            .taking("name", "count", "ratio", "soft", "age", "place", "parts", "names"),
                    AdminRoute.of(
                            "DELETE", "things/{name}", "Drops one", AdminRoute.atOnce(request -> said("dropped"))),
                    AdminRoute.get("broken", "Fails", request -> {
                        throw new IllegalStateException("a secret");
                    }),
                    AdminRoute.of(
                            "GET",
                            "broken-later",
                            "Fails too",
                            request -> CompletableFuture.failedStage(new IllegalStateException("a secret")))),
            new AdminGuard("localhost", null)::objection,
            false,
            new Bodies(
                    MOST_BYTES,
                    4 * MOST_BYTES,
                    Duration.ofMillis(200),
                    Materializer.matFromSystem(SYSTEM),
                    SYSTEM.executionContext()),
            Materializer.matFromSystem(SYSTEM),
            SYSTEM.executionContext());

    @AfterAll
    static void stop() {
        SYSTEM.terminate();
    }

    private static HttpResponse said(String what) {
        return Answers.json(JsonNodeFactory.instance.objectNode().put("said", what));
    }

    private static HttpResponse make(AdminRequest request) {
        var body = request.body();
        String name = body.text("name").orElseThrow(() -> body.missing("name"));
        var read = new StringBuilder(name);
        body.whole("count").ifPresent(count -> read.append(' ').append(count));
        body.number("ratio").ifPresent(ratio -> read.append(' ').append(ratio));
        body.bool("soft").ifPresent(soft -> read.append(' ').append(soft));
        body.duration("age").ifPresent(age -> read.append(' ').append(age));
        body.object("place")
                .ifPresent(place -> read.append(' ')
                        .append(place.only(List.of("zone")).text("zone").orElse("-")));
        for (var part : body.objects("parts")) {
            read.append(' ').append(part.only(List.of("size")).whole("size").orElseThrow(() -> part.missing("size")));
        }
        return said(read.append(String.join("", body.texts("names"))).toString());
    }

    private HttpResponse send(HttpRequest request) {
        return door.handle(request).toCompletableFuture().join();
    }

    private HttpResponse get(String pathAndQuery) {
        return send(HttpRequest.GET("http://localhost/_moorage/" + pathAndQuery));
    }

    private HttpResponse post(String body) {
        return send(HttpRequest.POST("http://localhost/_moorage/things")
                .withEntity(ContentTypes.APPLICATION_JSON, body.getBytes(UTF_8)));
    }

    private static String body(HttpResponse response) {
        return response.entity()
                .toStrict(5_000, SYSTEM)
                .toCompletableFuture()
                .join()
                .getData()
                .utf8String();
    }

    private static void assertError(HttpResponse response, int status, String sentence) {
        assertThat(body(response))
                .isEqualTo(JsonNodeFactory.instance
                        .objectNode()
                        .put("error", sentence)
                        .toString());
        assertThat(response.status().intValue()).isEqualTo(status);
        assertThat(response.getHeader("x-acs-request-id")).isPresent();
    }

    @ParameterizedTest
    @CsvSource({
        "plain, plain",
        "things/one, one",
        "things/a%20b%2Fc+d, a b/c+d",
        "things/%E4%B8%AD?limit=5, \u4e2d",
    })
    void findsTheWay(String path, String said) {
        var answer = get(path);

        assertThat(body(answer)).isEqualTo("{\"said\":\"" + said + "\"}");
        assertThat(answer.status().intValue()).isEqualTo(200);
        assertThat(answer.getHeader("x-acs-request-id")).isPresent();
    }

    @Test
    void tellsWhatThereIs() {
        assertThat(body(get("")))
                .contains("{\"method\":\"GET\",\"path\":\"/_moorage/things/{name}\",\"query\":[\"limit\",\"after\"],"
                        + "\"about\":\"One of them\"}")
                .contains("\"fields\":[\"name\",\"count\",");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            thinks | There is nothing here. Did you mean /_moorage/things?
            x      | There is nothing here.
            plain/ | There is nothing here. Did you mean /_moorage/plain?
            things/ | There is nothing here. Did you mean /_moorage/things?
            things/a/b | There is nothing here.
            """)
    void saysWhatThereIsInsteadOfWhatThereIsNot(String path, String sentence) {
        assertError(
                get(path),
                404,
                sentence + " Under /_moorage/ there are plain, things/{name}, things, broken, broken-later");
    }

    @ParameterizedTest
    @CsvSource({"POST, plain, GET", "GET, things, POST", "PUT, things/x, 'GET, DELETE'"})
    void saysWhichMethodsAreTaken(String method, String path, String allowed) {
        var answer = send(HttpRequest.create("http://localhost/_moorage/" + path)
                .withMethod(HttpMethods.lookup(method).orElseThrow()));

        assertError(answer, 405, "Only " + allowed + " is taken here");
        assertThat(answer.getHeader("Allow").orElseThrow().value()).isEqualTo(allowed);
    }

    @Test
    void takesHeadForGet() {
        var answer = send(HttpRequest.HEAD("http://localhost/_moorage/plain"));

        assertThat(answer.status().intValue()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            plain?x=1           | There is no parameter x. There are none here
            things/a?limmit=1   | There is no parameter limmit. Did you mean limit? There are limit, after
            things/a?x=%zz      | The query cannot be decoded
            things/%zz          | The path cannot be decoded: %zz
            """)
    void refusesAQueryThatIsNot(String path, String sentence) {
        // As it came: Akka would not let some of it into a URI.
        var request = HttpRequest.GET("http://localhost/")
                .addHeader(RawHeader.create("Raw-Request-URI", "/_moorage/" + path));
        assertError(send(request), 400, sentence);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            {"name":"a"}                                | a
            {"name":"a","count":7,"soft":true}          | a 7 true
            {"name":"a","count":-7,"ratio":0.5}         | a -7 0.5
            {"name":"a","age":"90s"}                    | a PT1M30S
            {"name":"a","age":"PT2M"}                   | a PT2M
            {"name":"a","place":{"zone":"b"}}           | a b
            {"name":"a","parts":[{"size":1},{"size":2}]} | a 1 2
            {"name":"a","names":["b","c"],"count":null} | abc
            """)
    void readsWhatItIsSent(String sent, String read) {
        assertThat(body(post(sent))).isEqualTo("{\"said\":\"" + read + "\"}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                          | name is missing
            {}                          | name is missing
            {"name":null}               | name is missing
            nonsense                    | The body is a JSON object, and what came is no JSON
            {"name":"a"} x              | The body is a JSON object, and what came is no JSON
            {"name":                    | The body is a JSON object, and what came is no JSON
            [1]                         | The body is a JSON object, not [1]
            null                        | The body is a JSON object, not null
            {"name":5}                  | name is a text, not 5
            {"name":"a","count":"5"}    | count is a whole number, not "5"
            {"name":"a","count":1.5}    | count is a whole number, not 1.5
            {"name":"a","count":1e40}   | count is a whole number, not 1.0E40
            {"name":"a","ratio":"x"}    | ratio is a number, not "x"
            {"name":"a","soft":1}       | soft is true or false, not 1
            {"name":"a","age":60}       | age is a text, not 60
            {"name":"a","age":"soon"}   | age is a length of time such as 500ms, 60s or 2m, not soon
            {"name":"a","age":"Px"}     | age is a length of time such as 500ms, 60s or 2m, not Px
            {"name":"a","place":"b"}    | place is a JSON object, not "b"
            {"name":"a","place":{"zome":"b"}} | There is no field place.zome. Did you mean zone? There are zone
            {"name":"a","place":{"zone":[]}}  | place.zone is a text, not []
            {"name":"a","parts":{}}     | parts is an array of JSON objects, not {}
            {"name":"a","parts":[1]}    | parts is an array of JSON objects, not 1
            {"name":"a","parts":[{"size":1},{}]} | parts[1].size is missing
            {"name":"a","names":[1]}    | names is an array of texts, not 1
            {"nmae":"a"} | There is no field nmae. Did you mean name? There are name, count, ratio, soft, age, place, parts, names
            """)
    void saysWhatIsWrongWithABody(String sent, String sentence) {
        assertError(post(sent), 400, sentence);
    }

    @Test
    void quotesOnlyTheBeginningOfWhatIsLong() {
        assertThat(body(post("{\"count\":\"" + "x".repeat(900) + "\",\"name\":\"a\"}")))
                .hasSizeLessThan(200);
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        assertError(post("x".repeat(MOST_BYTES + 1)), 413, "The body is too large");
    }

    @Test
    void refusesABodyThatIsTooLargeInPieces() {
        var endless = HttpEntities.createChunked(
                ContentTypes.APPLICATION_JSON, Source.repeat(ByteString.fromString("x".repeat(100))));

        assertError(
                send(HttpRequest.POST("http://localhost/_moorage/things").withEntity(endless)),
                413,
                "The body is too large");
    }

    @Test
    void refusesABodyThatDoesNotCome() {
        var never = HttpEntities.createChunked(ContentTypes.APPLICATION_JSON, Source.maybe());

        assertError(
                send(HttpRequest.POST("http://localhost/_moorage/things").withEntity(never)),
                408,
                "The body came too slowly");
    }

    @ParameterizedTest
    @ValueSource(strings = {"broken", "broken-later"})
    void saysNothingOfWhatIsBrokenInside(String path) {
        var answer = get(path);

        assertThat(answer.status().intValue()).isEqualTo(500);
        assertThat(body(answer))
                .doesNotContain("a secret")
                .contains(answer.getHeader("x-acs-request-id").orElseThrow().value());
    }
}
