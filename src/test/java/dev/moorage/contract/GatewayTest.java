package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.SteppedClock;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Duration WINDOW = Duration.ofMinutes(15);
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String MANDATORY = " that is mandatory for processing this request is not supplied";
    private static final String SIGNED_HEADERS =
            "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";

    private final SteppedClock clock = new SteppedClock(NOW);
    private final Gateway required = gateway(true, 1_000);
    private final Gateway open = gateway(false, 1_000);

    @Test
    void checksParametersSignedInTheVendorsOrder() {
        var parameters = new LinkedHashMap<String, String>();
        assertFailure(receive("PUT", parameters), 403, "UnsupportedHTTPMethod", "This http method is not supported.");
        assertFailure(
                receive("GET", parameters), 400, "MissingParameter", "The input parameter \"Action\"" + MANDATORY);
        parameters.put("Action", "DetachDisks");
        assertFailure(
                receive("GET", parameters),
                404,
                "InvalidAction.NotFound",
                "Specified api is not found, please check your url and method. Did you mean DetachDisk?");
        parameters.put("Action", "DetachDisk");
        assertFailure(
                receive("GET", parameters), 400, "MissingParameter", "The input parameter \"Version\"" + MANDATORY);
        parameters.put("Version", "2014-05-27");
        assertFailure(receive("GET", parameters), 400, "InvalidVersion", "Specified parameter Version is not valid.");
        parameters.put("Version", "2015-04-01");
        assertFailure(
                receive("GET", parameters),
                404,
                "InvalidAction.NotFound",
                "Specified api is not found, please check your url and method.");
        parameters.put("Version", "2014-05-26");
        assertFailure(
                receive("GET", parameters), 400, "MissingParameter", "The input parameter \"AccessKeyId\"" + MANDATORY);
        parameters.put("AccessKeyId", "nobody");
        assertFailure(
                receive("GET", parameters), 404, "InvalidAccessKeyId.NotFound", "Specified access key is not found.");
        parameters.put("AccessKeyId", "testid");
        assertFailure(
                receive("GET", parameters),
                400,
                "MissingParameter",
                "The input parameter \"Signature\" that is mandatory for processing the request is not supplied.");
        parameters.put("Signature", "wrong");
        assertFailure(
                receive("GET", parameters),
                400,
                "MissingParameter",
                "The input parameter SignatureMethod" + MANDATORY + ".");
        parameters.put("SignatureMethod", "HMAC-MD5");
        assertFailure(
                receive("GET", parameters),
                400,
                "MissingParameter",
                "The input parameter SignatureVersion" + MANDATORY + ".");
        parameters.put("SignatureVersion", "2.0");
        assertFailure(
                receive("GET", parameters),
                400,
                "InvalidParamater",
                "The specified parameter \"SignatureMethod\" is not valid.");
        parameters.put("SignatureMethod", "HMAC-SHA1");
        assertFailure(
                receive("GET", parameters),
                400,
                "InvalidParamater",
                "The specified parameter \"SignatureVersion\" is not valid.");
        parameters.put("SignatureVersion", "1.0");
        assertFailure(
                receive("GET", parameters), 400, "MissingParameter", "The input parameter \"TimeStamp\"" + MANDATORY);
        parameters.put("Timestamp", "yesterday");
        assertFailure(
                receive("GET", parameters),
                400,
                "InvalidTimeStamp.Format",
                "Specified time stamp or date value is not well formatted.");
        parameters.put("Timestamp", "2026-01-01T03:04:05Z");
        assertFailure(
                receive("GET", parameters),
                400,
                "InvalidTimeStamp.Expired",
                "Specified time stamp or date value is expired.");
        parameters.put("Timestamp", NOW.toString());
        assertFailure(
                receive("GET", parameters),
                400,
                "MissingParameter",
                "The input parameter SignatureNonce" + MANDATORY + ".");

        assertCalled(required.receive(get(signed("testid", "testsecret", "used", NOW)), "id"));
        parameters.put("SignatureNonce", "used");
        assertFailure(
                receive("GET", parameters), 400, "SignatureNonceUsed", "Specified signature nonce was used already.");
        parameters.put("SignatureNonce", "unused");
        assertThat(failure(receive("GET", parameters)).code()).isEqualTo("SignatureDoesNotMatch");
        sign(parameters, "testsecret");
        assertFailure(
                receive("GET", parameters),
                400,
                "MissingParameter",
                "The input parameter InstanceId" + MANDATORY + ".");
        parameters.put("InstanceId", "i-1");
        parameters.put("DeleteWithInstance", "perhaps");
        parameters.put("SignatureNonce", "unused 2");
        sign(parameters, "testsecret");
        assertFailure(
                receive("GET", parameters), 400, "MissingParameter", "The input parameter DiskId" + MANDATORY + ".");
        parameters.put("DiskId", "d-1");
        parameters.put("SignatureNonce", "unused 3");
        sign(parameters, "testsecret");
        assertFailure(
                receive("GET", parameters),
                400,
                "InvalidParameter",
                "The specified parameter \"DeleteWithInstance\" is not valid.");
        parameters.put("DeleteWithInstance", "true");
        parameters.put("SignatureNonce", "unused 4");
        sign(parameters, "testsecret");
        assertCalled(receive("GET", parameters));
    }

    @Test
    void checksHeadersSignedInTheVendorsOrder() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("authorization", "ACS3-HMAC-SHA256 nonsense");
        headers.put("host", "127.0.0.1:8642");
        headers.put("x-acs-content-sha256", EMPTY_SHA256);
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "MissingParameter",
                "The input parameter \"Action\"" + MANDATORY);
        headers.put("x-acs-action", "DetachDisks");
        assertThat(failure(required.receive(post(headers), "id")).code()).isEqualTo("InvalidAction.NotFound");
        headers.put("x-acs-action", "DetachDisk");
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "MissingParameter",
                "The input parameter \"Version\"" + MANDATORY);
        headers.put("x-acs-version", "2014-05-27");
        assertThat(failure(required.receive(post(headers), "id")).code()).isEqualTo("InvalidVersion");
        headers.put("x-acs-version", "2014-05-26");
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "IncompleteSignature",
                "The request signature does not conform to Aliyun standards.");
        headers.put("authorization", authorization("nobody", "00"));
        assertFailure(
                required.receive(post(headers), "id"),
                404,
                "InvalidAccessKeyId.NotFound",
                "Specified access key is not found.");
        headers.put("authorization", authorization("testid", "00"));
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "MissingParameter",
                "The input parameter x-acs-date" + MANDATORY + ".");
        headers.put("x-acs-date", "yesterday");
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "InvalidTimeStamp.Format",
                "Specified time stamp or date value is not well formatted.");
        headers.put("x-acs-date", "2026-01-01T03:04:05Z");
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "InvalidTimeStamp.Expired",
                "Specified time stamp or date value is expired.");
        headers.put("x-acs-date", NOW.toString());
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "MissingParameter",
                "The input parameter x-acs-signature-nonce" + MANDATORY + ".");

        assertCalled(required.receive(post(signedHeaders("testid", "testsecret", "used", NOW)), "id"));
        headers.put("x-acs-signature-nonce", "used");
        assertFailure(
                required.receive(post(headers), "id"),
                400,
                "SignatureNonceUsed",
                "Specified signature nonce was used already.");
        headers.put("x-acs-signature-nonce", "unused");
        assertThat(failure(required.receive(post(headers), "id")).code()).isEqualTo("SignatureDoesNotMatch");
        signHeaders(headers, "testid", "testsecret");
        assertFailure(
                required.receive(RpcRequest.read("POST", "", headers, List.of(), new byte[0]), "id"),
                400,
                "SignatureDoesNotMatch",
                "Specified signature does not match our calculation. server StringToSign is ["
                        + HeaderSignature.stringToSign(canonical(headers, "")) + "] server CanonicalRequest is ["
                        + canonical(headers, "") + "]");
        assertCalled(required.receive(post(headers), "id"));
    }

    @Test
    void refusesWhatItCannotDecodeBeforeItLooksAtTheAction() {
        assertFailure(
                open.receive(RpcRequest.read("GET", "Action=%zz", Map.of(), List.of(), new byte[0]), "id"),
                400,
                "InvalidParameter",
                "The specified parameter \"percent-encoding\" is not valid.");
        assertFailure(
                open.receive(RpcRequest.read("PATCH", "Action=%zz", Map.of(), List.of(), new byte[0]), "id"),
                403,
                "UnsupportedHTTPMethod",
                "This http method is not supported.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "HEAD", "OPTIONS", "PATCH", "TRACE", "get", "post", ""})
    void takesGetAndPostOnly(String method) {
        var request = RpcRequest.read(method, encoded(detach()), Map.of(), List.of(), new byte[0]);

        assertThat(failure(open.receive(request, "id")))
                .isEqualTo(new Failure(403, "UnsupportedHTTPMethod", "This http method is not supported."));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"detachdisk", "DETACHDISK", "DetachDisk ", " DetachDisk", "Detach Disk", "toString", "\u0000"})
    void knowsActionsByTheirExactName(String action) {
        assertThat(failure(open.receive(get(with(detach(), "Action", action)), "id"))
                        .code())
                .isEqualTo("InvalidAction.NotFound");
    }

    @Test
    void answersOneWhoIsKnownWithTheCall() {
        var call = call(required.receive(get(signed("testid", "testsecret", "n", NOW)), "REQUEST-1"));

        assertThat(call.action().action()).isEqualTo("DetachDisk");
        assertThat(call.requestId()).isEqualTo("REQUEST-1");
        assertThat(call.caller()).isEqualTo(new Caller("default", "testid"));
        assertThat(call.arguments().string("DiskId")).contains("d-1");
        assertThat(call.arguments().string("InstanceId")).contains("i-1");
    }

    @Test
    void tellsACallHowItsServerWasAddressed() {
        var request =
                RpcRequest.read("GET", encoded(detach()), Map.of("host", "127.0.0.1:8642"), List.of(), new byte[0]);

        assertThat(call(open.receive(request, "id")).endpoint()).isEqualTo("127.0.0.1:8642");
        assertThat(call(open.receive(get(detach()), "id")).endpoint()).isEmpty();
    }

    @Test
    void tellsProductsApartByTheirVersions() {
        var identity = Map.of("Action", "GetCallerIdentity", "Version", "2015-04-01");

        assertThat(call(open.receive(get(identity), "id")).action().action()).isEqualTo("GetCallerIdentity");
        assertThat(failure(open.receive(get(with(identity, "Version", "2014-05-26")), "id"))
                        .code())
                .isEqualTo("InvalidAction.NotFound");
        assertThat(failure(open.receive(get(with(identity, "Version", "2015-04-02")), "id"))
                        .code())
                .isEqualTo("InvalidVersion");
        assertThat(failure(open.receive(get(with(identity, "Version", "")), "id"))
                        .code())
                .isEqualTo("MissingParameter");
    }

    @Test
    void listsWhatWasMisspeltAlsoOfACallThatItRefuses() {
        var misspelt = new LinkedHashMap<>(detach());
        misspelt.put("DiskID", misspelt.remove("DiskId"));

        assertThat(failure(open.receive(get(misspelt), "REQUEST-1")).code()).isEqualTo("MissingParameter");

        assertThat(open.unknownParameters().seen())
                .containsExactly(new UnknownParameters.Seen("DetachDisk", "DiskID", 1, NOW, "REQUEST-1"));
    }

    @Test
    void listsNothingOfThoseWhomItDoesNotKnow() {
        assertThat(failure(required.receive(get(with(detach(), "Colour", "grey")), "id"))
                        .code())
                .isEqualTo("MissingParameter");
        assertThat(failure(required.receive(get(with(signed("testid", "wrong", "n", NOW), "Colour", "grey")), "id"))
                        .code())
                .isEqualTo("SignatureDoesNotMatch");

        assertThat(required.unknownParameters().seen()).isEmpty();
    }

    @Test
    void letsUnsignedCallsInOnlyWhileOpen() {
        assertThat(call(open.receive(get(detach()), "id")).caller()).isEqualTo(new Caller("default", "anonymous"));
        assertFailure(
                required.receive(get(detach()), "id"),
                400,
                "MissingParameter",
                "The input parameter \"AccessKeyId\"" + MANDATORY);
    }

    @Test
    void verifiesWhatIsSignedAlsoWhileOpen() {
        assertThat(failure(open.receive(get(with(detach(), "AccessKeyId", "testid")), "id"))
                        .message())
                .contains("\"Signature\"");
        assertThat(failure(open.receive(get(with(detach(), "Signature", "x")), "id"))
                        .message())
                .contains("\"AccessKeyId\"");
        assertThat(failure(open.receive(get(signed("testid", "wrong", "n", NOW)), "id"))
                        .code())
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(failure(open.receive(post(signedHeaders("testid", "wrong", "n", NOW)), "id"))
                        .code())
                .isEqualTo("SignatureDoesNotMatch");
        assertThat(call(open.receive(get(signed("testid", "testsecret", "n", NOW)), "id"))
                        .caller()
                        .name())
                .isEqualTo("testid");
    }

    @Test
    void takesOtherKindsOfAuthorizationForNone() {
        var headers = Map.of("authorization", "Basic dGVzdGlkOnRlc3RzZWNyZXQ=");
        var request = RpcRequest.read("GET", encoded(detach()), headers, List.of(), new byte[0]);

        assertThat(call(open.receive(request, "id")).caller().name()).isEqualTo("anonymous");
        assertThat(failure(required.receive(request, "id")).message()).contains("\"AccessKeyId\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ACS3-RSA-SHA256", "ACS3-HMAC-SM3", "ACS3-"})
    void refusesAlgorithmsThatItDoesNotHave(String algorithm) {
        var headers = signedHeaders("testid", "testsecret", "n", NOW);
        headers.compute(
                "authorization", (name, value) -> algorithm + " Credential=testid,SignedHeaders=host,Signature=0");

        assertThat(failure(required.receive(post(headers), "id")).code()).isEqualTo("IncompleteSignature");
    }

    /** Who could change these under a good signature could use it again, or for something else. */
    @ParameterizedTest
    @ValueSource(strings = {"x-acs-action", "x-acs-version", "x-acs-date", "x-acs-signature-nonce"})
    void refusesASignatureThatLeavesOutWhatMatters(String name) {
        var headers = signedHeaders("testid", "testsecret", "n", NOW);
        String others = SIGNED_HEADERS.replace(name, "").replaceAll("^;|;$", "").replace(";;", ";");
        String start = "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + others + ",Signature=";
        String canonical = HeaderSignature.read(start + "00").orElseThrow().canonicalRequest(post(headers));
        headers.put(
                "authorization", start + HeaderSignature.sign("testsecret", HeaderSignature.stringToSign(canonical)));

        assertThat(failure(required.receive(post(headers), "id")).code()).isEqualTo("IncompleteSignature");
    }

    @Test
    void takesSha256InParametersToo() {
        var parameters = with(signed("testid", "testsecret", "n", NOW), "SignatureMethod", "HMAC-SHA256");
        parameters.put(
                "Signature",
                ParameterSignature.sign(
                        "HmacSHA256", "testsecret", ParameterSignature.stringToSign(get(parameters), true)));

        assertCalled(required.receive(get(parameters), "id"));
    }

    @ParameterizedTest
    @CsvSource({"-900, true", "-901, false", "-899, true", "0, true", "899, true", "900, true", "901, false"})
    void takesTimestampsWithinFifteenMinutes(long seconds, boolean taken) {
        var at = NOW.plusSeconds(seconds);

        var byParameters = required.receive(get(signed("testid", "testsecret", "n 1", at)), "id");
        var byHeaders = required.receive(post(signedHeaders("testid", "testsecret", "n 2", at)), "id");

        for (var received : List.of(byParameters, byHeaders)) {
            if (taken) {
                assertCalled(received);
            } else {
                assertThat(failure(received).code()).isEqualTo("InvalidTimeStamp.Expired");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2026-01-02",
                "2026-01-02 03:04:05",
                "2026-01-02T03:04:05",
                "2026-01-02T03:04Z",
                "2026-13-02T03:04:05Z",
                "1767323045",
                "Fri, 02 Jan 2026 03:04:05 GMT",
                " 2026-01-02T03:04:05Z",
                "2026-01-02T03:04:05Z0",
            })
    void refusesTimestampsOfAnotherForm(String timestamp) {
        var parameters = with(signed("testid", "testsecret", "n", NOW), "Timestamp", timestamp);
        sign(parameters, "testsecret");

        assertThat(failure(required.receive(get(parameters), "id")).code()).isEqualTo("InvalidTimeStamp.Format");
    }

    @Test
    void refusesAReplay() {
        var byParameters = get(signed("testid", "testsecret", "n 1", NOW));
        var byHeaders = post(signedHeaders("testid", "testsecret", "n 2", NOW));

        for (var request : List.of(byParameters, byHeaders)) {
            assertCalled(required.receive(request, "id"));
            assertThat(failure(required.receive(request, "id")).code()).isEqualTo("SignatureNonceUsed");
            clock.advance(Duration.ofMinutes(1));
            assertThat(failure(required.receive(request, "id")).code()).isEqualTo("SignatureNonceUsed");
        }
    }

    @Test
    void remembersANonceForAsLongAsItsTimestampIsGood() {
        var fromTheFarEnd = get(signed("testid", "testsecret", "n", NOW.plus(WINDOW)));
        assertCalled(required.receive(fromTheFarEnd, "id"));

        clock.advance(WINDOW.multipliedBy(2).minusSeconds(1));
        assertThat(failure(required.receive(fromTheFarEnd, "id")).code()).isEqualTo("SignatureNonceUsed");
        clock.advance(Duration.ofSeconds(1));
        assertThat(failure(required.receive(fromTheFarEnd, "id")).code()).isEqualTo("SignatureNonceUsed");
        clock.advance(Duration.ofSeconds(1));
        assertThat(failure(required.receive(fromTheFarEnd, "id")).code()).isEqualTo("InvalidTimeStamp.Expired");
        assertCalled(required.receive(get(signed("testid", "testsecret", "n", clock.instant())), "id"));
    }

    @Test
    void takesTheSameNonceOfAnotherKey() {
        assertCalled(required.receive(get(signed("testid", "testsecret", "n", NOW)), "id"));
        assertCalled(required.receive(get(signed("test-a", "patternsecret", "n", NOW)), "id"));
        assertCalled(required.receive(get(signed("test-b", "patternsecret", "n", NOW)), "id"));
        assertThat(failure(required.receive(get(signed("test-b", "patternsecret", "n", NOW)), "id"))
                        .code())
                .isEqualTo("SignatureNonceUsed");
    }

    @Test
    void doesNotUseUpTheNonceOfABadSignature() {
        assertThat(failure(required.receive(get(signed("testid", "wrong", "n 1", NOW)), "id"))
                        .code())
                .isEqualTo("SignatureDoesNotMatch");
        assertCalled(required.receive(get(signed("testid", "testsecret", "n 1", NOW)), "id"));

        assertThat(failure(required.receive(post(signedHeaders("testid", "wrong", "n 2", NOW)), "id"))
                        .code())
                .isEqualTo("SignatureDoesNotMatch");
        assertCalled(required.receive(post(signedHeaders("testid", "testsecret", "n 2", NOW)), "id"));
    }

    @Test
    void remembersWholeNoncesHoweverLongTheyAre() {
        String long1 = "n".repeat(5_000) + "1";
        String long2 = "n".repeat(5_000) + "2";
        assertCalled(required.receive(get(signed("testid", "testsecret", long1, NOW)), "id"));

        assertCalled(required.receive(get(signed("testid", "testsecret", long2, NOW)), "id"));
        assertThat(failure(required.receive(get(signed("testid", "testsecret", long1, NOW)), "id"))
                        .code())
                .isEqualTo("SignatureNonceUsed");
    }

    @Test
    void forgetsTheOldestNonceBeforeItRemembersTooMany() {
        var gateway = gateway(true, 3);
        for (String nonce : List.of("1", "2", "3", "4")) {
            assertCalled(gateway.receive(get(signed("testid", "testsecret", nonce, NOW)), "id"));
        }

        for (String kept : List.of("2", "3", "4")) {
            assertThat(failure(gateway.receive(get(signed("testid", "testsecret", kept, NOW)), "id"))
                            .code())
                    .as("nonce %s", kept)
                    .isEqualTo("SignatureNonceUsed");
        }
        assertCalled(gateway.receive(get(signed("testid", "testsecret", "1", NOW)), "id"));
    }

    @Test
    void takesOneOfManyAtOnceWithTheSameNonce() throws Exception {
        var request = get(signed("testid", "testsecret", "n", NOW));
        List<Callable<Received>> callers = new ArrayList<>();
        for (int i = 0; i < 64; i++) callers.add(() -> required.receive(request, "id"));

        var threads = Executors.newFixedThreadPool(8);
        try {
            long taken = 0;
            for (var received : threads.invokeAll(callers)) if (received.get() instanceof Call) taken++;
            assertThat(taken).isEqualTo(1);
        } finally {
            threads.shutdownNow();
        }
    }

    /** The older Java SDK compares what follows the colon with its own string, letter by letter. */
    @Test
    void endsInExactlyTheStringToSignWhereTheSecretIsWrong() {
        var parameters = with(signed("testid", "testsecret", "n", NOW), "DiskId", "d <1> & \u4e2d");
        parameters.put("Empty", "");
        var failure = failure(required.receive(post(Map.of(), parameters), "id"));

        assertThat(failure.status()).isEqualTo(400);
        assertThat(failure.code()).isEqualTo("SignatureDoesNotMatch");
        assertThat(failure.message())
                .isEqualTo("Specified signature is not matched with our calculation. server string to sign is:"
                        + "POST&%2F&AccessKeyId%3Dtestid%26Action%3DDetachDisk"
                        + "%26DiskId%3Dd%2520%253C1%253E%2520%2526%2520%25E4%25B8%25AD%26Empty%3D%26InstanceId%3Di-1"
                        + "%26SignatureMethod%3DHMAC-SHA1%26SignatureNonce%3Dn%26SignatureVersion%3D1.0"
                        + "%26Timestamp%3D2026-01-02T03%253A04%253A05Z%26Version%3D2014-05-26");
    }

    @Test
    void givesEveryKeyOfAPatternAnAccountOfItsOwn() {
        assertThat(callerOf("test-a", "patternsecret")).isEqualTo(new Caller("test-a", "test-a"));
        assertThat(callerOf("test-b", "patternsecret")).isEqualTo(new Caller("test-b", "test-b"));
        assertThat(callerOf("team-a", "teamsecret")).isEqualTo(new Caller("the team", "team-a"));
        assertThat(callerOf("team-b", "teamsecret")).isEqualTo(new Caller("the team", "team-b"));
        assertThat(callerOf("test-exact", "exactsecret")).isEqualTo(new Caller("default", "test-exact"));
        assertThat(callerOf("other", "othersecret")).isEqualTo(new Caller("somebody", "other"));
        assertThat(failure(required.receive(get(signed("testing", "patternsecret", "n", NOW)), "id"))
                        .code())
                .isEqualTo("InvalidAccessKeyId.NotFound");
        assertThat(failure(required.receive(get(signed("Test-a", "patternsecret", "n", NOW)), "id"))
                        .code())
                .isEqualTo("InvalidAccessKeyId.NotFound");
    }

    @Test
    void takesTheLaterOfTwoSecretsForOneKey() {
        var keys = new AccessKeys(List.of(
                new AccessKeys.Key("testid", "old", null),
                new AccessKeys.Key("t-*", "old", null),
                new AccessKeys.Key("testid", "new", "whose"),
                new AccessKeys.Key("t-*", "new", null)));

        assertThat(keys.find("testid")).contains(new AccessKeys.Key("testid", "new", "whose"));
        assertThat(keys.find("t-1")).contains(new AccessKeys.Key("t-1", "new", "t-1"));
    }

    private Caller callerOf(String keyId, String secret) {
        return call(required.receive(get(signed(keyId, secret, "n", NOW)), "id"))
                .caller();
    }

    private Gateway gateway(boolean authRequired, int nonces) {
        var keys = new AccessKeys(List.of(
                new AccessKeys.Key("testid", "testsecret", null),
                new AccessKeys.Key("test-*", "patternsecret", null),
                new AccessKeys.Key("team-*", "teamsecret", "the team"),
                new AccessKeys.Key("test-exact", "exactsecret", null),
                new AccessKeys.Key("other", "othersecret", "somebody")));
        return new Gateway(
                Map.of(
                        "DetachDisk", ActionSpec.load("DetachDisk"),
                        "GetCallerIdentity", ActionSpec.load("GetCallerIdentity")),
                keys,
                new Gateway.Auth(authRequired, WINDOW, nonces),
                clock,
                call -> Optional.empty());
    }

    private Received receive(String method, Map<String, String> parameters) {
        return required.receive(RpcRequest.read(method, encoded(parameters), Map.of(), List.of(), new byte[0]), "id");
    }

    private static Map<String, String> detach() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("Action", "DetachDisk");
        parameters.put("Version", "2014-05-26");
        parameters.put("InstanceId", "i-1");
        parameters.put("DiskId", "d-1");
        return parameters;
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return more;
    }

    private static Map<String, String> signed(String keyId, String secret, String nonce, Instant at) {
        var parameters = detach();
        parameters.put("AccessKeyId", keyId);
        parameters.put("SignatureMethod", "HMAC-SHA1");
        parameters.put("SignatureVersion", "1.0");
        parameters.put("SignatureNonce", nonce);
        parameters.put("Timestamp", at.toString());
        sign(parameters, secret);
        return parameters;
    }

    private static void sign(Map<String, String> parameters, String secret) {
        parameters.put(
                "Signature",
                ParameterSignature.sign("HmacSHA1", secret, ParameterSignature.stringToSign(get(parameters), true)));
    }

    private static Map<String, String> signedHeaders(String keyId, String secret, String nonce, Instant at) {
        var headers = new LinkedHashMap<String, String>();
        headers.put("host", "127.0.0.1:8642");
        headers.put("x-acs-action", "DetachDisk");
        headers.put("x-acs-version", "2014-05-26");
        headers.put("x-acs-content-sha256", EMPTY_SHA256);
        headers.put("x-acs-date", at.toString());
        headers.put("x-acs-signature-nonce", nonce);
        signHeaders(headers, keyId, secret);
        return headers;
    }

    private static void signHeaders(Map<String, String> headers, String keyId, String secret) {
        String canonical = canonical(headers, "DiskId=d-1&InstanceId=i-1");
        headers.put(
                "authorization",
                authorization(keyId, HeaderSignature.sign(secret, HeaderSignature.stringToSign(canonical))));
    }

    private static String canonical(Map<String, String> headers, String query) {
        var signature = HeaderSignature.read(authorization("any", "00")).orElseThrow();
        return signature.canonicalRequest(RpcRequest.read("POST", query, headers, List.of(), new byte[0]));
    }

    private static String authorization(String keyId, String signature) {
        return "ACS3-HMAC-SHA256 Credential=" + keyId + ",SignedHeaders=" + SIGNED_HEADERS + ",Signature=" + signature;
    }

    private static RpcRequest get(Map<String, String> parameters) {
        return RpcRequest.read("GET", encoded(parameters), Map.of(), List.of(), new byte[0]);
    }

    private static RpcRequest post(Map<String, String> headers) {
        return RpcRequest.read("POST", "InstanceId=i-1&DiskId=d-1", headers, List.of(), new byte[0]);
    }

    private static RpcRequest post(Map<String, String> headers, Map<String, String> form) {
        return RpcRequest.read(
                "POST",
                "",
                headers,
                List.of("application/x-www-form-urlencoded"),
                encoded(form).getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }

    private static void assertFailure(Received received, int status, String code, String message) {
        assertThat(received).isEqualTo(new Failure(status, code, message));
    }

    private static void assertCalled(Received received) {
        assertThat(received).isInstanceOf(Call.class);
    }

    private static Call call(Received received) {
        assertCalled(received);
        return (Call) received;
    }

    private static Failure failure(Received received) {
        assertThat(received).isInstanceOf(Failure.class);
        return (Failure) received;
    }
}
