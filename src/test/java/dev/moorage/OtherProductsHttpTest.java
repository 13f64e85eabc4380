package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.endpoint.location.model.v20150612.DescribeEndpointsRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.profile.DefaultProfile;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** STS, Location and BssOpenApi on the port of ECS, and what is said of what is not there. */
class OtherProductsHttpTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static JsonNode json(String pathAndQuery) throws IOException {
        return JSON.readTree(server.get(pathAndQuery).body());
    }

    @Test
    void tellsWhoCalls() throws IOException {
        var identity = json("/?Version=2015-04-01&Action=GetCallerIdentity&Format=JSON");

        assertThat(identity.path("IdentityType").textValue()).isEqualTo("Account");
        assertThat(identity.path("AccountId").textValue()).matches("[1-9][0-9]{15}");
        assertThat(identity.path("RequestId").textValue()).isNotBlank();
    }

    @Test
    void answersInXmlUnderTheNameOfTheAction() {
        assertThat(server.get("/?Version=2015-04-01&Action=GetCallerIdentity").body())
                .contains("<GetCallerIdentityResponse><RequestId>")
                .endsWith(":root</Arn></GetCallerIdentityResponse>");
        assertThat(server.get("/?Version=2015-06-12&Action=DescribeEndpoints&Id=cn-hangzhou&ServiceCode=ecs")
                        .body())
                .contains("<Endpoints><Endpoint><Endpoint>" + server.endpoint() + "</Endpoint><Id>cn-hangzhou</Id>")
                .contains("<Protocols><Protocols>HTTP</Protocols></Protocols>");
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void tellsTheVendorsSdkWhereEcsIs(FormatType format) throws ClientException {
        var client = new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", "testid", "testsecret"));
        var request = new DescribeEndpointsRequest();
        request.setSysEndpoint(server.endpoint());
        request.setAcceptFormat(format);
        request.setId("cn-hangzhou");
        request.setServiceCode("ecs");
        request.setType("openAPI");

        var answer = client.getAcsResponse(request);

        assertThat(answer.getSuccess()).isTrue();
        assertThat(answer.getEndpoints()).hasSize(1);
        var endpoint = answer.getEndpoints().get(0);
        assertThat(endpoint.getEndpoint()).isEqualTo(server.endpoint());
        assertThat(endpoint.getSerivceCode()).isEqualTo("ecs");
        assertThat(endpoint.getType()).isEqualTo("openAPI");
        assertThat(endpoint.getProtocols()).containsExactly("HTTP");
        client.shutdown();
    }

    @Test
    void tellsTheVendorsSdkOfARegionThatIsNone() {
        var client = new DefaultAcsClient(DefaultProfile.getProfile("cn-hangzhou", "testid", "testsecret"));
        var request = new DescribeEndpointsRequest();
        request.setSysEndpoint(server.endpoint());
        request.setId("cn-nowhere");
        request.setServiceCode("ecs");

        // The SDK compares both.
        assertThatThrownBy(() -> client.getAcsResponse(request))
                .isInstanceOfSatisfying(ClientException.class, refused -> {
                    assertThat(refused.getErrCode()).isEqualTo("InvalidRegionId");
                    assertThat(refused.getErrMsg()).isEqualTo("The specified region does not exist.");
                });
        client.shutdown();
    }

    /** Terraform's question, with its parameters: an error would mean another kind of account, or a wait. */
    @Test
    void answersWhatTerraformAsksToTellAccountsApart() throws IOException {
        var answer = JSON.readTree(server.post(
                        "/?Version=2017-12-14&Action=QueryAvailableInstances&Format=json",
                        Map.of(
                                "PageSize", "50",
                                "PageNum", "1",
                                "ProductCode", "vipcloudfw",
                                "ProductType", "vipcloudfw",
                                "SubscriptionType", "Subscription"))
                .body());

        assertThat(answer.at("/Data/InstanceList").isArray()).isTrue();
        assertThat(answer.has("Code")).isFalse();
        assertThat(answer.has("Message")).isFalse();
    }

    @Test
    void saysWhatEcsHasAndMoorageDoesNot() throws IOException {
        var response = server.get("/?Version=2014-05-26&Action=DescribeLaunchTemplates&Format=JSON");

        assertThat(response.statusCode()).isEqualTo(404);
        var error = JSON.readTree(response.body());
        assertThat(error.path("Code").textValue()).isEqualTo("InvalidAction.NotFound");
        assertThat(error.path("Message").textValue())
                .endsWith("ECS has DescribeLaunchTemplates, but Moorage does not.");
    }

    @Test
    void listsParametersThatNobodyKnows() throws IOException {
        server.call("DescribeDisks", "RegionId", "cn-hangzhou", "Filtre.1.Key", "x", "SourceIp", "127.0.0.1");
        var last = server.json("DescribeDisks", "RegionId", "cn-hangzhou", "Filtre.2.Key", "x", "AAA", "a secret");

        var answer = server.get("/_moorage/unknown-parameters");

        assertThat(answer.statusCode()).isEqualTo(200);
        var list = JSON.readTree(answer.body());
        assertThat(list.path("notListed").intValue()).isZero();
        var entries = list.path("unknownParameters");
        assertThat(entries).hasSize(2);
        assertThat(entries.path(0).path("parameter").textValue()).isEqualTo("AAA");
        assertThat(entries.path(1).path("action").textValue()).isEqualTo("DescribeDisks");
        assertThat(entries.path(1).path("parameter").textValue()).isEqualTo("Filtre.N.Key");
        assertThat(entries.path(1).path("calls").intValue()).isEqualTo(2);
        assertThat(entries.path(1).path("firstSeen").textValue()).endsWith("Z");
        assertThat(entries.path(1).path("lastRequestId").textValue())
                .isEqualTo(last.path("RequestId").textValue());
        assertThat(answer.body()).doesNotContain("a secret");
    }
}
