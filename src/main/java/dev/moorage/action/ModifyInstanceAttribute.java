package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.INCORRECT_INSTANCE_STATUS;
import static dev.moorage.contract.ErrorCode.INSTANCE_LOCKED_FOR_SECURITY;
import static dev.moorage.contract.ErrorCode.INVALID_DESCRIPTION_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_HOST_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_NAME_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PASSWORD_MALFORMED;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Gives an instance other names, settings and security groups. What the call does not name stays as it is. */
record ModifyInstanceAttribute(InstanceId instanceId, Arguments arguments) implements InstanceChange {
    private static final Set<String> CREDIT_SPECIFICATIONS = Set.of("Standard", "Unlimited");
    private static final List<String> KEPT =
            List.of("InstanceName", "HostName", "Description", "UserData", "DeletionProtection", "CreditSpecification");

    static ModifyInstanceAttribute of(Call call) {
        return new ModifyInstanceAttribute(new InstanceId(call.arguments().required("InstanceId")), call.arguments());
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        if (!arguments.string("InstanceName").map(Names::isName).orElse(true)) {
            return Change.reject(INVALID_INSTANCE_NAME_MALFORMED);
        }
        if (!arguments.string("Description").map(Names::isDescription).orElse(true)) {
            return Change.reject(INVALID_DESCRIPTION_MALFORMED);
        }
        if (!arguments.string("HostName").map(Names::isHostName).orElse(true)) {
            return Change.reject(INVALID_HOST_NAME_MALFORMED);
        }
        if (!arguments.string("Password").map(Passwords::isPassword).orElse(true)) {
            return Change.reject(INVALID_PASSWORD_MALFORMED);
        }
        var wrongUserData = arguments.string("UserData").flatMap(data -> UserData.wrong(data));
        if (wrongUserData.isPresent()) return Change.reject(wrongUserData.get());
        if (!arguments
                .string("CreditSpecification")
                .map(CREDIT_SPECIFICATIONS::contains)
                .orElse(true)) {
            return Change.reject(INVALID_PARAMETER, "CreditSpecification");
        }
        if (view.instance(instanceId) == null) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        return Optional.empty();
    }

    @Override
    public Admission admit(Instance instance, Conditions conditions) {
        if (instance.isLockedForSecurity()) return Admission.reject(INSTANCE_LOCKED_FOR_SECURITY);
        if (arguments.has("Password") && instance.status() == InstanceStatus.STARTING) {
            return Admission.reject(INCORRECT_INSTANCE_STATUS);
        }
        if (arguments.has("UserData") && instance.status() != InstanceStatus.STOPPED) {
            return Admission.reject(INCORRECT_INSTANCE_STATUS);
        }
        var groups = arguments.strings("SecurityGroupIds");
        if (KEPT.stream().noneMatch(arguments::has) && groups.isEmpty()) return Admission.decide();
        return Admission.decide(new InstanceEvent.AttributesModified(
                conditions.story(),
                arguments.string("InstanceName").orElse(null),
                arguments.string("HostName").orElse(null),
                arguments.string("Description").orElse(null),
                arguments.string("UserData").orElse(null),
                arguments.bool("DeletionProtection").orElse(null),
                arguments.string("CreditSpecification").orElse(null),
                groups.isEmpty() ? null : groups));
    }
}
