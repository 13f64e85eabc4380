package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures here were made by the vendor's documents and by the vendor's clients. */
class HeaderSignatureTest {
    private static final String SECRET = "testsecret";
    private static final String EMPTY_SHA256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
    private static final String ALL =
            "host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version";
    private static final String FORM_TYPE = "application/x-www-form-urlencoded";
    private static final String PARAMETERS = "DiskId=d-bp67acfmxazb4p0001&InstanceId=i-bp67acfmxazb4p0001";
    private static final String DETACH_SIGNATURE = "eedb1e075431ea91fc7a9b01e8593f6e1e6060148cc074a7d8d60a186188b8a6";

    @Test
    void signsTheExampleOfTheDocuments() {
        var request = request(
                "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
                Map.of(
                        "host", "ecs.cn-shanghai.aliyuncs.com",
                        "x-acs-action", "RunInstances",
                        "x-acs-content-sha256", EMPTY_SHA256,
                        "x-acs-date", "2023-10-26T10:22:32Z",
                        "x-acs-signature-nonce", "3156853299f313e23d1673dc12e1703d",
                        "x-acs-version", "2014-05-26"));
        var signature = read("ACS3-HMAC-SHA256 Credential=YourAccessKeyId,SignedHeaders=" + ALL
                + ",Signature=06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0");

        assertThat(signature.accessKeyId()).isEqualTo("YourAccessKeyId");
        assertThat(signature.canonicalRequest(request)).isEqualTo("""
                        POST
                        /
                        ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai
                        host:ecs.cn-shanghai.aliyuncs.com
                        x-acs-action:RunInstances
                        x-acs-content-sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855
                        x-acs-date:2023-10-26T10:22:32Z
                        x-acs-signature-nonce:3156853299f313e23d1673dc12e1703d
                        x-acs-version:2014-05-26

                        host;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-signature-nonce;x-acs-version
                        e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855""");
        assertHash(signature, request, "7ea06492da5221eba5297e897ce16e55f964061054b7695beedaac1145b1e259");
        assertThat(signature.verifies(request, "YourAccessKeySecret")).isTrue();
        assertThat(signature.verifies(request, "yourAccessKeySecret")).isFalse();
    }

    @Test
    void verifiesParametersInTheQuery() {
        var request = request(PARAMETERS, detach());
        var signature = read(authorization(ALL, DETACH_SIGNATURE));

        assertHash(signature, request, "78c65a18d8f30c72bf96158ce3145541d28b1cb6ecb5cd22b875faae037093bb");
        assertThat(signature.verifies(request, SECRET)).isTrue();
        assertThat(signature.verifies(request, SECRET + "&")).isFalse();
    }

    @Test
    void verifiesAFormBody() {
        var request = formRequest(List.of(FORM_TYPE));
        var signature = read(authorization(
                "content-type;" + ALL, "fa817535458c6b290660c23a58baaee48b7a035632ed7a5e638a74a3d59f66d2"));

        assertHash(signature, request, "a4d40e1b388611cf17461f0a3edf8718ffdd3b7f09944977bc5e094c2d87b1f1");
        assertThat(signature.verifies(request, SECRET)).isTrue();
    }

    /** The server's HTTP library writes the type in its own way, so all that the client may have meant is tried. */
    @Test
    void findsTheSpellingOfTheContentTypeThatWasSigned() {
        var signature = read(authorization(
                "content-type;" + ALL, "fa817535458c6b290660c23a58baaee48b7a035632ed7a5e638a74a3d59f66d2"));

        assertThat(signature.verifies(formRequest(List.of(FORM_TYPE + "; charset=UTF-8", FORM_TYPE)), SECRET))
                .isTrue();
        assertThat(signature.verifies(formRequest(List.of(FORM_TYPE + "; charset=UTF-8")), SECRET))
                .isFalse();
    }

    @Test
    void verifiesASecurityTokenAmongTheHeaders() {
        var headers = detach();
        headers.put("x-acs-accesskey-id", "testid");
        headers.put("x-acs-security-token", "CAIS/token+x==");
        var request = request(PARAMETERS, headers);
        var signature = read(authorization(
                "host;x-acs-accesskey-id;x-acs-action;x-acs-content-sha256;x-acs-date;x-acs-security-token;"
                        + "x-acs-signature-nonce;x-acs-version",
                "57fcd10b80fc1ff415a5e7c3df168cf70d803bf0a1028a48fe1eadde6a22c717"));

        assertHash(signature, request, "837a2d420dda5a09a181a570fcec577c3923100804e08580d6e172c973f9d9ca");
        assertThat(signature.verifies(request, SECRET)).isTrue();
    }

    @Test
    void verifiesWithoutTheHostAsTheOlderJavaSdkSigns() {
        var request = request(PARAMETERS, detach());
        var signature = read(authorization(
                ALL.substring("host;".length()), "4053fe7bd7b05800c924d26d6795e8a669f3dd953bafcd83a7ed0f8aa7c0f3da"));

        assertHash(signature, request, "fd6e0f0288e856e908634545aab2c38b716f68e8fed3124902b2a1700ec4f1b1");
        assertThat(signature.verifies(request, SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=%s,Signature=%s",
                "ACS3-HMAC-SHA256 SignedHeaders=%s,Signature=%s,Credential=testid",
                "ACS3-HMAC-SHA256 SignedHeaders=%s, Signature=%s, Credential=testid",
                "ACS3-HMAC-SHA256   Credential = testid , SignedHeaders = %s , Signature = %s ",
                "ACS3-HMAC-SHA256 Credential=testid,Unheard=of,SignedHeaders=%s,Signature=%s",
            })
    void readsThePartsInAnyOrderAndSpacing(String pattern) {
        var signature = read(pattern.formatted(ALL, DETACH_SIGNATURE));

        assertThat(signature).isEqualTo(new HeaderSignature("testid", List.of(ALL.split(";")), DETACH_SIGNATURE));
        assertThat(signature.verifies(request(PARAMETERS, detach()), SECRET)).isTrue();
    }

    @Test
    void readsThePartsInTheOrderOfTheOlderJavaSdk() {
        var signature =
                read("ACS3-HMAC-SHA256 Credential=testid,Signature=" + DETACH_SIGNATURE + ",SignedHeaders=" + ALL);

        assertThat(signature.verifies(request(PARAMETERS, detach()), SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Basic dGVzdGlkOnRlc3RzZWNyZXQ=",
                "ACS3-HMAC-SHA256",
                "ACS3-HMAC-SHA256 ",
                "ACS3-HMAC-SHA256 nonsense",
                "ACS3-HMAC-SHA256 ,,,=,=",
                "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=host",
                "ACS3-HMAC-SHA256 Credential=testid,Signature=00",
                "ACS3-HMAC-SHA256 SignedHeaders=host,Signature=00",
                "ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=00",
                "ACS3-RSA-SHA256 Credential=testid,SignedHeaders=host,Signature=00",
                "ACS3-HMAC-SM3 Credential=testid,SignedHeaders=host,Signature=00",
                "ACS3-HMAC-SHA256Credential=testid,SignedHeaders=host,Signature=00",
            })
    void doesNotReadWhatIsIncomplete(String authorization) {
        assertThat(HeaderSignature.read(authorization)).isEmpty();
    }

    @Test
    void signsHeadersThatItHasNeverHeardOf() {
        var headers = detach();
        headers.put("x-acs-credentials-provider", "static_ak");
        headers.put("accept", "application/json");
        var request = request(PARAMETERS, headers);
        String names = "accept;" + ALL.replace("x-acs-date", "x-acs-credentials-provider;x-acs-date");
        String good = HeaderSignature.sign(
                SECRET,
                HeaderSignature.stringToSign(read(authorization(names, "00")).canonicalRequest(request)));

        var signature = read(authorization(names, good));
        assertThat(signature.canonicalRequest(request))
                .contains("\naccept:application/json\n", "\nx-acs-credentials-provider:static_ak\n");
        assertThat(signature.verifies(request, SECRET)).isTrue();

        headers.put("x-acs-credentials-provider", "other");
        assertThat(signature.verifies(request(PARAMETERS, headers), SECRET)).isFalse();
    }

    @Test
    void trimsTheValuesOfHeaders() {
        var headers = detach();
        headers.put("x-acs-action", "  DetachDisk\t");

        assertThat(read(authorization(ALL, DETACH_SIGNATURE)).verifies(request(PARAMETERS, headers), SECRET))
                .isTrue();
    }

    @Test
    void takesTheQueryInAnyOrderAndAnyEncoding() {
        var request = request("InstanceId=i%2Dbp67acfmxazb4p0001&DiskId=d-bp67acfmxazb4p0001", detach());

        assertThat(read(authorization(ALL, DETACH_SIGNATURE)).verifies(request, SECRET))
                .isTrue();
    }

    @Test
    void signsAnEmptyValueOfTheQuery() {
        var signature = read(authorization(ALL, DETACH_SIGNATURE));

        assertThat(signature.canonicalRequest(request("b=&a", detach()))).startsWith("POST\n/\na=&b=\nhost:");
        assertThat(signature.canonicalRequest(request("", detach()))).startsWith("POST\n/\n\nhost:");
        assertThat(signature.canonicalRequest(request("Name=a+b%2Bc%E4%B8%AD", detach())))
                .startsWith("POST\n/\nName=a%20b%2Bc%E4%B8%AD\nhost:");
    }

    @Test
    void noticesThatAnythingSignedWasChanged() {
        var signature = read(authorization(ALL, DETACH_SIGNATURE));
        var otherNonce = detach();
        otherNonce.put("x-acs-signature-nonce", "15215528852397");
        var noHost = detach();
        noHost.remove("host");

        assertThat(signature.verifies(request(PARAMETERS.replace("d-bp", "d-bq"), detach()), SECRET))
                .isFalse();
        assertThat(signature.verifies(request(PARAMETERS + "&DeleteWithInstance=true", detach()), SECRET))
                .isFalse();
        assertThat(signature.verifies(request(PARAMETERS, otherNonce), SECRET)).isFalse();
        assertThat(signature.verifies(request(PARAMETERS, noHost), SECRET)).isFalse();
        assertThat(signature.verifies(request("POST", PARAMETERS, detach(), List.of(), "x"), SECRET))
                .isFalse();
        assertThat(signature.verifies(request("GET", PARAMETERS, detach(), List.of(), ""), SECRET))
                .isFalse();
    }

    /** The hash that the client sends is not believed: what was received is hashed. */
    @Test
    void noticesABodyThatIsNotTheOneThatWasSigned() {
        var signature = read(authorization(
                "content-type;" + ALL, "fa817535458c6b290660c23a58baaee48b7a035632ed7a5e638a74a3d59f66d2"));
        var headers = new LinkedHashMap<>(formRequest(List.of(FORM_TYPE)).headers());
        String otherBody = PARAMETERS.replace("i-bp67acfmxazb4p0001", "i-bp67acfmxazb4p0002");

        assertThat(signature.verifies(request("POST", "", headers, List.of(FORM_TYPE), otherBody), SECRET))
                .isFalse();
    }

    private static RpcRequest formRequest(List<String> contentTypes) {
        var headers = detach();
        headers.put("x-acs-content-sha256", "56abce4a932c28b1591537e99b63a9be510737a0659d22f07cd3de8936f136e9");
        return request("POST", "", headers, contentTypes, PARAMETERS);
    }

    private static Map<String, String> detach() {
        var headers = new LinkedHashMap<String, String>();
        headers.put("host", "127.0.0.1:8080");
        headers.put("x-acs-action", "DetachDisk");
        headers.put("x-acs-version", "2014-05-26");
        headers.put("x-acs-date", "2018-01-01T12:00:00Z");
        headers.put("x-acs-signature-nonce", "15215528852396");
        headers.put("x-acs-content-sha256", EMPTY_SHA256);
        return headers;
    }

    private static RpcRequest request(String query, Map<String, String> headers) {
        return request("POST", query, headers, List.of(), "");
    }

    private static RpcRequest request(
            String method, String query, Map<String, String> headers, List<String> contentTypes, String body) {
        return RpcRequest.read(method, query, headers, contentTypes, body.getBytes(StandardCharsets.UTF_8));
    }

    private static String authorization(String signedHeaders, String signature) {
        return "ACS3-HMAC-SHA256 Credential=testid,SignedHeaders=" + signedHeaders + ",Signature=" + signature;
    }

    private static HeaderSignature read(String authorization) {
        return HeaderSignature.read(authorization).orElseThrow();
    }

    private static void assertHash(HeaderSignature signature, RpcRequest request, String hash) {
        assertThat(HeaderSignature.stringToSign(signature.canonicalRequest(request)))
                .isEqualTo("ACS3-HMAC-SHA256\n" + hash);
    }
}
