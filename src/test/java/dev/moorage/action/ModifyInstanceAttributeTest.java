package dev.moorage.action;

import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceStatus;
import java.util.Base64;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModifyInstanceAttributeTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);

    private static InstanceChange modify(String... what) {
        return (InstanceChange) Examples.verb(
                "ModifyInstanceAttribute",
                Stream.concat(Stream.of("InstanceId", INSTANCE.value()), Stream.of(what))
                        .toArray(String[]::new));
    }

    private static @Nullable Rejection rejection(InstanceStatus status, String... what) {
        var view = Examples.world(disk(DiskStatus.AVAILABLE), instance(status)).of(Examples.ACCOUNT);
        var checked = modify(what).check(view);
        if (checked.isPresent()) return (Rejection) checked.get();
        return modify(what).admit(instance(status), CONDITIONS) instanceof Admission.Rejected no
                ? no.rejection()
                : null;
    }

    private static Instance modified(Instance instance, String... what) {
        var next = instance;
        for (var event : ((Admission.Decided) modify(what).admit(instance, CONDITIONS)).events()) {
            next = event.applyTo(next);
        }
        return next;
    }

    @ParameterizedTest
    @CsvSource({
        "InstanceName, 1st, INVALID_INSTANCE_NAME_MALFORMED",
        "InstanceName, a, INVALID_INSTANCE_NAME_MALFORMED",
        "Description, x, INVALID_DESCRIPTION_MALFORMED",
        "Description, http://example.com, INVALID_DESCRIPTION_MALFORMED",
        "HostName, a, INVALID_HOST_NAME_MALFORMED",
        "HostName, -web, INVALID_HOST_NAME_MALFORMED",
        "HostName, web., INVALID_HOST_NAME_MALFORMED",
        "HostName, we--b, INVALID_HOST_NAME_MALFORMED",
        "HostName, we_b, INVALID_HOST_NAME_MALFORMED",
        "HostName, web-1.example.com,",
        "Password, Short12!,",
        "Password, Short1, INVALID_PASSWORD_MALFORMED",
        "Password, onlylowercase1, INVALID_PASSWORD_MALFORMED",
        "Password, Passwörter1, INVALID_PASSWORD_MALFORMED",
        "Password, Passw0rdPassw0rdPassw0rdPassw0rd, INVALID_PASSWORD_MALFORMED",
        "UserData, a b, INVALID_USER_DATA_BASE64_FORMAT_INVALID",
        "UserData, aGk=,",
        "CreditSpecification, Endless, INVALID_PARAMETER",
        "CreditSpecification, Unlimited,",
        "Recyclable, true,"
    })
    void takesWhatIsWellFormed(String parameter, String value, @Nullable ErrorCode expected) {
        var no = rejection(InstanceStatus.STOPPED, parameter, value);
        assertThat(no == null ? null : no.code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"32768,", "32769, INVALID_USER_DATA_SIZE_EXCEEDED"})
    void userDataIsLimited(int bytes, @Nullable ErrorCode expected) {
        var no = rejection(
                InstanceStatus.STOPPED, "UserData", Base64.getEncoder().encodeToString(new byte[bytes]));
        assertThat(no == null ? null : no.code()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "Password, Passw0rd, Pending Running Stopping Stopped",
        "UserData, aGk=, Stopped",
        "InstanceName, web, Pending Starting Running Stopping Stopped"
    })
    void someThingsAreChangedInSomeStatusesOnly(String parameter, String value, String allowed) {
        for (var status : InstanceStatus.values()) {
            if (status == InstanceStatus.RELEASED) continue;
            var expected = List.of(allowed.split(" ")).contains(status.wire())
                    ? null
                    : Rejection.of(ErrorCode.INCORRECT_INSTANCE_STATUS);
            assertThat(rejection(status, parameter, value)).as(status.wire()).isEqualTo(expected);
        }
    }

    @Test
    void changesWhatIsNamedAndNothingElse() {
        var before = instance(InstanceStatus.STOPPED);

        var named = modified(before, "InstanceName", "db-1", "HostName", "db", "DeletionProtection", "true");
        assertThat(named)
                .isEqualTo(before.withSpec(
                        before.spec().withName("db-1").withHostName("db").withDeletionProtection(true)));
        var described =
                modified(named, "Description", "of the shop", "UserData", "aGk=", "CreditSpecification", "Standard");
        assertThat(described)
                .isEqualTo(named.withSpec(named.spec()
                        .withDescription("of the shop")
                        .withUserData("aGk=")
                        .withCreditSpecification("Standard")));
    }

    @Test
    void putsItIntoOtherSecurityGroups() {
        var modified =
                modified(instance(InstanceStatus.RUNNING), "SecurityGroupIds.1", "sg-7", "SecurityGroupIds.2", "sg-8");
        assertThat(modified.spec().securityGroupId()).isEqualTo("sg-7");
        assertThat(modified.spec().moreSecurityGroupIds()).containsExactly("sg-8");
    }

    @Test
    void leavesNoFactOfAPasswordOrOfNothing() {
        var running = instance(InstanceStatus.RUNNING);
        assertThat(modify("Password", "Passw0rd").admit(running, CONDITIONS)).isEqualTo(Admission.decide());
        assertThat(modify().admit(running, CONDITIONS)).isEqualTo(Admission.decide());
    }
}
