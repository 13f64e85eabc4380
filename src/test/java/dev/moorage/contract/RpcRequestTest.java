package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RpcRequestTest {
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String SOME_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            value = {
                "a+b, a b",
                "a%20b, a b",
                "a%2Bb, a+b",
                "a%2bb, a+b",
                "a%252Bb, a%2Bb",
                "%2F%3D%26%25, /=&%",
                "a=b=c, a=b=c",
                "%E4%B8%AD%e6%96%87, \u4e2d\u6587",
                "%F0%9F%90%B3, \ud83d\udc33",
                "-_.~*!'();:@$, -_.~*!'();:@$",
                "[\"d-1\"], [\"d-1\"]",
            })
    void decodesFormEncodingInQueryAndBody(String encoded, String decoded) {
        assertThat(query("Name=" + encoded).parameters()).isEqualTo(Map.of("Name", decoded));
        assertThat(form("Name=" + encoded).parameters()).isEqualTo(Map.of("Name", decoded));
        assertThat(query("Name=" + encoded).malformed()).isNull();
        assertThat(form("Name=" + encoded).malformed()).isNull();
    }

    @Test
    void decodesNamesAsWell() {
        assertThat(query("%41ction=DetachDisk&a+b=c").parameters())
                .isEqualTo(Map.of("Action", "DetachDisk", "a b", "c"));
    }

    @Test
    void decodesControlCharacters() {
        assertThat(query("a=%00%01%0d%0a").parameters()).isEqualTo(Map.of("a", "\u0000\u0001\r\n"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%",
                "%4",
                "%%41",
                "%zz",
                "%4z",
                "%z4",
                "%-1",
                "%+1",
                "% 41",
                "100%",
                "%u4e2d",
                "%\u0661\u0661",
            })
    void refusesABadPercentEncoding(String encoded) {
        assertMalformed(encoded);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%FF",
                "%80",
                "%C3",
                "%C3%28",
                "%E4%B8",
                "a%E4%B8b",
                "%C0%AF",
                "%ED%A0%80",
                "%F4%90%80%80",
                "%FE%FF",
            })
    void refusesBytesThatAreNotUtf8(String encoded) {
        assertMalformed(encoded);
    }

    private static void assertMalformed(String encoded) {
        for (String pair : List.of("a=" + encoded, encoded + "=a", encoded, "b=c&a=" + encoded + "&d=e")) {
            assertThat(query(pair).malformed()).as("query %s", pair).isEqualTo("percent-encoding");
            assertThat(form(pair).malformed()).as("form %s", pair).isEqualTo("percent-encoding");
        }
    }

    @Test
    void takesRawUtf8InABody() {
        assertThat(form("Name=\u4e2d+\u00e9").parameters()).isEqualTo(Map.of("Name", "\u4e2d \u00e9"));
    }

    /** As it refuses them percent-encoded: a guess would be signed differently by the next client. */
    @Test
    void refusesRawBytesInABodyThatAreNotUtf8() {
        byte[] body = "Name=?".getBytes(StandardCharsets.US_ASCII);
        body[5] = (byte) 0xFF;

        assertThat(RpcRequest.read("POST", "", Map.of(), List.of(FORM), body).malformed())
                .isNotNull();
    }

    @Test
    void takesTheFirstOfTwoValues() {
        assertThat(query("a=1&b=2&a=3").parameters()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(form("a=1&a=").parameters()).isEqualTo(Map.of("a", "1"));
        assertThat(query("a=&a=1").parameter("a")).isEmpty();
    }

    @Test
    void takesParametersFromQueryAndBodyTogether() {
        var request = read("a=1&b=2", List.of(FORM), "b=3&c=4");

        assertThat(request.parameters()).isEqualTo(Map.of("a", "1", "b", "2", "c", "4"));
        assertThat(request.parameter("a")).isEqualTo("1");
        assertThat(request.parameter("b")).isEqualTo("2");
        assertThat(request.parameter("c")).isEqualTo("4");
        assertThat(request.parameter("d")).isEmpty();
        assertThat(request.query()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(request.form()).isEqualTo(Map.of("b", "3", "c", "4"));
    }

    @Test
    void noticesWhatIsMalformedInEither() {
        assertThat(read("a=%zz", List.of(FORM), "b=1").malformed()).isEqualTo("percent-encoding");
        assertThat(read("a=1", List.of(FORM), "b=%zz").malformed()).isEqualTo("percent-encoding");
    }

    @Test
    void takesANameWithoutAValueForEmpty() {
        assertThat(query("a&b=&&c=1&").parameters()).isEqualTo(Map.of("a", "", "b", "", "c", "1"));
        assertThat(query("").parameters()).isEmpty();
        assertThat(query("&&&").parameters()).isEmpty();
    }

    @Test
    void boundsTheNumberOfParameters() {
        String most = IntStream.range(0, 2_000).mapToObj(i -> "p" + i + "=").collect(Collectors.joining("&"));

        assertThat(query(most).malformed()).isNull();
        assertThat(query(most).parameters()).hasSize(2_000);
        assertThat(form(most).malformed()).isNull();
        assertThat(query(most + "&p0=again").malformed()).as("once more").isEqualTo("number of parameters");
        assertThat(query(most + "&more=").malformed()).isEqualTo("number of parameters");
        assertThat(form(most + "&more=").malformed()).isEqualTo("number of parameters");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                FORM,
                "Application/X-WWW-Form-Urlencoded",
                FORM + ";charset=utf-8",
                FORM + "; charset=UTF-8",
            })
    void readsABodyThatIsAForm(String contentType) {
        assertThat(read("", List.of(contentType), "a=1").parameters()).isEqualTo(Map.of("a", "1"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json", "application/octet-stream", "text/plain", "multipart/form-data"})
    void leavesOtherBodiesAlone(String contentType) {
        var request = read("a=1", List.of(contentType), "b=%zz");

        assertThat(request.parameters()).isEqualTo(Map.of("a", "1"));
        assertThat(request.malformed()).isNull();
        assertThat(request.body()).isEqualTo("b=%zz".getBytes(StandardCharsets.UTF_8));
        assertThat(read("a=1", List.of(), "b=2").parameters()).isEqualTo(Map.of("a", "1"));
    }

    @Test
    void takesActionAndVersionFromTheParametersOrTheHeaders() {
        var inHeaders = Map.of("x-acs-action", "DetachDisk", "x-acs-version", "2014-05-26");

        assertThat(withHeaders("", inHeaders).action()).isEqualTo("DetachDisk");
        assertThat(withHeaders("", inHeaders).version()).isEqualTo("2014-05-26");
        assertThat(withHeaders("Action=&Version=", inHeaders).action()).isEqualTo("DetachDisk");
        assertThat(withHeaders("Action=A&Version=V", inHeaders).action()).isEqualTo("A");
        assertThat(withHeaders("Action=A&Version=V", inHeaders).version()).isEqualTo("V");
        assertThat(query("").action()).isEmpty();
        assertThat(query("").version()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8642, 127.0.0.1",
        "ecs.cn-hangzhou.aliyuncs.com, ecs.cn-hangzhou.aliyuncs.com",
        "localhost:80, localhost",
        "[::1]:8642, [::1]",
        "[::1], [::1]",
        "'', ''",
    })
    void namesTheHostWithoutItsPort(String header, String hostId) {
        assertThat(withHeaders("", Map.of("host", header)).hostId()).isEqualTo(hostId);
        assertThat(query("").hostId()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "'', XML",
        "Format=, XML",
        "Format=XML, XML",
        "Format=xml, XML",
        "Format=JSON, JSON",
        "Format=json, JSON",
        "Format=Json, JSON",
        "Format=YAML, XML",
        "format=JSON, XML",
    })
    void answersInTheFormatThatIsAskedForOrElseInXml(String query, Format format) {
        assertThat(Format.of(query(query))).isEqualTo(format);
        assertThat(Format.of(form(query))).isEqualTo(format);
        // Clients that sign their parameters send these headers too, and expect XML all the same.
        assertThat(Format.of(withHeaders(query, Map.of("accept", "application/json", "x-acs-action", "DetachDisk"))))
                .isEqualTo(format);
    }

    @ParameterizedTest
    @CsvSource({
        "'', application/json, JSON",
        "'', '', JSON",
        "'', */*, JSON",
        "'', application/xml, XML",
        "'', text/xml, XML",
        "Format=XML, application/json, XML",
        "Format=xml, application/xml, XML",
        "Format=JSON, application/xml, JSON",
    })
    void answersInJsonWhereHeadersAreSigned(String query, String accept, Format format) {
        assertThat(Format.of(withHeaders(query, Map.of("accept", accept, "authorization", "ACS3-HMAC-SHA256 x"))))
                .isEqualTo(format);
        assertThat(Format.of(withHeaders(query, Map.of("accept", accept, "x-acs-content-sha256", SOME_SHA256))))
                .isEqualTo(format);
    }

    @Test
    void spellsContentTypesAsClientsCompareThem() {
        assertThat(Format.JSON.contentType()).isEqualTo("application/json;charset=utf-8");
        assertThat(Format.XML.contentType()).isEqualTo("text/xml;charset=utf-8");
    }

    private static RpcRequest query(String query) {
        return read(query, List.of(), "");
    }

    private static RpcRequest form(String body) {
        return read("", List.of(FORM), body);
    }

    private static RpcRequest withHeaders(String query, Map<String, String> headers) {
        return RpcRequest.read("POST", query, headers, List.of(), new byte[0]);
    }

    private static RpcRequest read(String query, List<String> contentTypes, String body) {
        return RpcRequest.read("POST", query, Map.of(), contentTypes, body.getBytes(StandardCharsets.UTF_8));
    }
}
