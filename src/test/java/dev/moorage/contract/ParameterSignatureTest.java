package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The signatures here were made by the vendor's documents and by the vendor's clients. */
class ParameterSignatureTest {
    private static final String SHA1 = "HmacSHA1";
    private static final String SECRET = "testsecret";
    private static final String DETACH_SIGNATURE = "YrUvRg1TBY9mtjedxwpVNTqZ6F0=";
    private static final String DETACH_STRING =
            "%2F&AccessKeyId%3Dtestid%26Action%3DDetachDisk%26DiskId%3Dd-bp67acfmxazb4p0001%26Format%3DJSON"
                    + "%26InstanceId%3Di-bp67acfmxazb4p0001%26RegionId%3Dcn-hangzhou%26SignatureMethod%3DHMAC-SHA1"
                    + "%26SignatureNonce%3D15215528852396%26SignatureVersion%3D1.0"
                    + "%26Timestamp%3D2018-01-01T12%253A00%253A00Z%26Version%3D2014-05-26";

    @Test
    void signsTheExampleOfTheDocuments() {
        var request = get(Map.of(
                "AccessKeyId", "testid",
                "Action", "DescribeRegions",
                "Format", "XML",
                "SignatureMethod", "HMAC-SHA1",
                "SignatureNonce", "3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf",
                "SignatureVersion", "1.0",
                "Timestamp", "2016-02-23T12:46:24Z",
                "Version", "2014-05-26"));

        assertThat(ParameterSignature.stringToSign(request, true))
                .isEqualTo("GET&%2F&AccessKeyId%3Dtestid%26Action%3DDescribeRegions%26Format%3DXML"
                        + "%26SignatureMethod%3DHMAC-SHA1"
                        + "%26SignatureNonce%3D3ee8c1b8-83d3-44af-a94f-4e0ad82fd6cf%26SignatureVersion%3D1.0"
                        + "%26Timestamp%3D2016-02-23T12%253A46%253A24Z%26Version%3D2014-05-26");
        assertThat(signature(request)).isEqualTo("OLeaidS1JvxuMvnyHOwuJ+uX5qY=");
    }

    @Test
    void signsAPost() {
        var request = post(detach());

        assertThat(ParameterSignature.stringToSign(request, true)).isEqualTo("POST&" + DETACH_STRING);
        assertThat(signature(request)).isEqualTo(DETACH_SIGNATURE);
    }

    @Test
    void signsTheMethod() {
        var request = get(detach());

        assertThat(ParameterSignature.stringToSign(request, true)).isEqualTo("GET&" + DETACH_STRING);
        assertThat(signature(request)).isEqualTo("GeTe7828Yrs+8Ct7vK1enjlmvrQ=");
    }

    @Test
    void signsEmptyValuesAsGoAndPythonDo() {
        var request = post(with(detach(), "SignatureType", ""));

        assertThat(ParameterSignature.stringToSign(request, true)).contains("%26SignatureType%3D%26");
        assertThat(signature(request)).isEqualTo("SNPSUUEPYfDNkAvsdb4NepNU2NM=");
    }

    @Test
    void leavesEmptyValuesOutAsTheNewerJavaSdkDoes() {
        var request = post(with(detach(), "SignatureType", ""));

        String withoutEmpty = ParameterSignature.stringToSign(request, false);

        assertThat(withoutEmpty).isEqualTo("POST&" + DETACH_STRING);
        assertThat(ParameterSignature.sign(SHA1, SECRET, withoutEmpty)).isEqualTo(DETACH_SIGNATURE);
    }

    @Test
    void encodesWhatIsNotUnreserved() {
        var request = post(with(detach(), "DiskName", "a b*c~d+\u00e9/\""));

        assertThat(ParameterSignature.stringToSign(request, true))
                .contains("%26DiskName%3Da%2520b%252Ac~d%252B%25C3%25A9%252F%2522%26");
        assertThat(signature(request)).isEqualTo("ppBqBiYBi1G5zPKODrKoA9mXkGI=");
    }

    @Test
    void signsASecurityTokenLikeAnyOther() {
        var request = post(with(detach(), "SecurityToken", "CAIS/token+x=="));

        assertThat(signature(request)).isEqualTo("Wzy2/+MWxZCqkCkM1xProPAs8iU=");
    }

    @Test
    void makesThePlainHmacOfTheVendorsOwnTest() {
        assertThat(Base64.getEncoder().encodeToString(Hmac.of(SHA1, "sk#$!~~~", "abc~!@#")))
                .isEqualTo("7eV3A584uvdgKVk8Ck8r9ukg1gE=");
    }

    @Test
    void sortsNamesByTheirBytesUpperCaseFirst() {
        var request = get(Map.of("b", "1", "B", "2", "a", "3", "A.10", "4", "A.2", "5"));

        assertThat(ParameterSignature.stringToSign(request, true))
                .isEqualTo("GET&%2F&A.10%3D4%26A.2%3D5%26B%3D2%26a%3D3%26b%3D1");
    }

    @Test
    void doesNotSignTheSignature() {
        var request = post(with(detach(), "Signature", "anything"));

        assertThat(ParameterSignature.stringToSign(request, true)).isEqualTo("POST&" + DETACH_STRING);
    }

    @Test
    void verifiesWithTheSecretAndWithNoOther() {
        var request = post(with(detach(), "Signature", DETACH_SIGNATURE));

        assertThat(ParameterSignature.verifies(request, SHA1, SECRET)).isTrue();
        assertThat(ParameterSignature.verifies(request, SHA1, SECRET + "x")).isFalse();
        assertThat(ParameterSignature.verifies(request, SHA1, "")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"SNPSUUEPYfDNkAvsdb4NepNU2NM=", DETACH_SIGNATURE})
    void verifiesEmptyValuesSignedOrNot(String signature) {
        var request = post(with(with(detach(), "SignatureType", ""), "Signature", signature));

        assertThat(ParameterSignature.verifies(request, SHA1, SECRET)).isTrue();
    }

    @Test
    void verifiesParametersInTheBody() {
        var all = with(detach(), "Signature", DETACH_SIGNATURE);
        var inBody = request("POST", Map.of(), all);
        var common = new LinkedHashMap<>(all);
        common.keySet().removeAll(List.of("DiskId", "InstanceId"));
        var ofTheAction = new LinkedHashMap<>(all);
        ofTheAction.keySet().retainAll(List.of("DiskId", "InstanceId"));
        var inBoth = request("POST", common, ofTheAction);

        assertThat(ParameterSignature.verifies(inBody, SHA1, SECRET)).isTrue();
        assertThat(ParameterSignature.verifies(inBoth, SHA1, SECRET)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b*c~d+\u00e9/\"", "", " ", "%", "%41", "&=", "\u4e2d\u6587", "\ud83d\udc33", "\u0000\n"})
    void noticesThatAnyValueWasChanged(String value) {
        var signed = with(detach(), "DiskName", value);
        signed.put("Signature", signature(post(signed)));

        assertThat(ParameterSignature.verifies(post(signed), SHA1, SECRET)).isTrue();
        assertThat(ParameterSignature.verifies(post(with(signed, "DiskName", value + "x")), SHA1, SECRET))
                .isFalse();
        assertThat(ParameterSignature.verifies(post(with(signed, "Added", "x")), SHA1, SECRET))
                .isFalse();
        assertThat(ParameterSignature.verifies(get(signed), SHA1, SECRET)).isFalse();
    }

    @Test
    void knowsSha256Too() throws Exception {
        var parameters = with(detach(), "SignatureMethod", "HMAC-SHA256");
        var mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec("testsecret&".getBytes(StandardCharsets.US_ASCII), "HmacSHA256"));
        String stringToSign = "POST&" + DETACH_STRING.replace("HMAC-SHA1", "HMAC-SHA256");
        parameters.put(
                "Signature",
                Base64.getEncoder().encodeToString(mac.doFinal(stringToSign.getBytes(StandardCharsets.US_ASCII))));

        assertThat(ParameterSignature.ALGORITHMS).containsEntry("HMAC-SHA256", "HmacSHA256");
        assertThat(ParameterSignature.verifies(post(parameters), "HmacSHA256", SECRET))
                .isTrue();
        assertThat(ParameterSignature.verifies(post(parameters), SHA1, SECRET)).isFalse();
    }

    private static Map<String, String> detach() {
        var parameters = new LinkedHashMap<String, String>();
        parameters.put("Action", "DetachDisk");
        parameters.put("DiskId", "d-bp67acfmxazb4p0001");
        parameters.put("InstanceId", "i-bp67acfmxazb4p0001");
        parameters.put("RegionId", "cn-hangzhou");
        parameters.put("Format", "JSON");
        parameters.put("Version", "2014-05-26");
        parameters.put("AccessKeyId", "testid");
        parameters.put("SignatureMethod", "HMAC-SHA1");
        parameters.put("SignatureVersion", "1.0");
        parameters.put("SignatureNonce", "15215528852396");
        parameters.put("Timestamp", "2018-01-01T12:00:00Z");
        return parameters;
    }

    private static Map<String, String> with(Map<String, String> parameters, String name, String value) {
        var more = new LinkedHashMap<>(parameters);
        more.put(name, value);
        return more;
    }

    private static String signature(RpcRequest request) {
        return ParameterSignature.sign(SHA1, SECRET, ParameterSignature.stringToSign(request, true));
    }

    private static RpcRequest get(Map<String, String> parameters) {
        return request("GET", parameters, Map.of());
    }

    private static RpcRequest post(Map<String, String> parameters) {
        return request("POST", parameters, Map.of());
    }

    private static RpcRequest request(String method, Map<String, String> query, Map<String, String> form) {
        return RpcRequest.read(
                method,
                encoded(query),
                Map.of(),
                List.of("application/x-www-form-urlencoded"),
                encoded(form).getBytes(StandardCharsets.US_ASCII));
    }

    private static String encoded(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(parameter ->
                        parameter.getKey() + "=" + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
    }
}
