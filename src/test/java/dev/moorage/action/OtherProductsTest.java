package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.World;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What clients ask of other products before they come to ECS. */
class OtherProductsTest {
    private static Outcome answer(String action, String... arguments) {
        return ((Query) Examples.verb(action, arguments)).answer(new World().of(Examples.ACCOUNT), Examples.NOW);
    }

    private static ObjectNode body(String action, String... arguments) {
        return ((Outcome.Success) answer(action, arguments)).body();
    }

    @Test
    void tellsWhoCalls() {
        var identity = body("GetCallerIdentity");

        String id = identity.path("AccountId").textValue();
        assertThat(id).isEqualTo(AccountIds.of("default"));
        assertThat(identity.path("IdentityType").textValue()).isEqualTo("Account");
        assertThat(identity.path("PrincipalId").textValue()).isEqualTo(id);
        assertThat(identity.path("UserId").textValue()).isEqualTo(id);
        assertThat(identity.path("Arn").textValue()).isEqualTo("acs:ram::" + id + ":root");
    }

    /** These stay as they are: people have them in their policies and tests. */
    @ParameterizedTest
    @CsvSource({
        "default, 6717984327297149",
        "test-a, 3080735395770587",
        "'', 4085159114710036",
        "1234567890123456, 1234567890123456"
    })
    void numbersAccountsForEver(String account, String id) {
        assertThat(AccountIds.of(account)).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"default", "a", "der Große", "0123456789012345", "12345678901234567", "123456789012345"})
    void numbersEveryAccountWithSixteenDigits(String account) {
        assertThat(AccountIds.of(account)).matches("[1-9][0-9]{15}").isNotEqualTo(account);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ecs", "sts", "location", "bssopenapi", "vpc"})
    void sendsEveryServiceToWhereItWasAsked(String service) {
        var answer = body("DescribeEndpoints", "Id", "cn-hangzhou", "ServiceCode", service);

        assertThat(answer.path("Success").booleanValue()).isTrue();
        var endpoints = answer.path("Endpoints").path("Endpoint");
        assertThat(endpoints).hasSize(1);
        assertThat(endpoints.path(0).path("Endpoint").textValue()).isEqualTo("127.0.0.1:8642");
        assertThat(endpoints.path(0).path("Id").textValue()).isEqualTo("cn-hangzhou");
        assertThat(endpoints.path(0).path("Type").textValue()).isEqualTo("openAPI");
        assertThat(endpoints.path(0).path("SerivceCode").textValue()).isEqualTo(service);
        assertThat(endpoints.path(0).path("Protocols").path("Protocols").path(0).textValue())
                .isEqualTo("HTTP");
    }

    @Test
    void repeatsTheTypeOfEndpointThatWasAskedFor() {
        assertThat(body("DescribeEndpoints", "Id", "cn-hangzhou", "ServiceCode", "ecs", "Type", "innerAPI")
                        .at("/Endpoints/Endpoint/0/Type")
                        .textValue())
                .isEqualTo("innerAPI");
    }

    @Test
    void hasNoEndpointInARegionThatIsNone() {
        assertThat(answer("DescribeEndpoints", "Id", "cn-nowhere", "ServiceCode", "ecs"))
                .isEqualTo(Rejection.of(ErrorCode.INVALID_REGION_ID_WITHOUT_DOT));
    }

    @ParameterizedTest
    @CsvSource({"'', '', 1, 20", "3, '', 3, 20", "'', 50, 1, 50", "3, 50, 3, 50"})
    void hasNothingThatWasBought(String pageNum, String pageSize, int toldNum, int toldSize) {
        var data = body("QueryAvailableInstances", "PageNum", pageNum, "PageSize", pageSize)
                .path("Data");

        assertThat(data.path("InstanceList").isArray()).isTrue();
        assertThat(data.path("InstanceList")).isEmpty();
        assertThat(data.path("TotalCount").intValue()).isZero();
        assertThat(data.path("PageNum").intValue()).isEqualTo(toldNum);
        assertThat(data.path("PageSize").intValue()).isEqualTo(toldSize);
    }
}
