package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;
import static dev.moorage.contract.ErrorCode.INVALID_MIN_AMOUNT_MALFORMED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_CONFLICT;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMS_HOSTNAME_EXCEED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMS_INSTANCE_NAME_EXCEED;
import static dev.moorage.contract.ErrorCode.INVALID_PARAM_AMOUNT;
import static dev.moorage.contract.ErrorCode.INVALID_PERIOD_TYPE_VALUE_NOT_SUPPORTED;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Makes instances with their disks, and starts them. */
record RunInstances(InstancePlan plan, Idempotence idempotence, List<NewInstance> parts) implements Batch {
    private static final int MAX_INSTANCES = 100;
    private static final int MAX_NAME_CHARACTERS = 128;
    private static final int MAX_HOST_NAME_CHARACTERS = 64;

    static RunInstances of(Call call, Ids ids) {
        var arguments = call.arguments();
        var plan = InstancePlan.of(call);
        var idempotence = Idempotence.of(call);
        var hostNames = arguments.strings("HostNames");
        var parts = new ArrayList<NewInstance>();
        for (int i = 0; i < Math.min(amount(arguments), MAX_INSTANCES); i++) {
            parts.add(NewInstance.of(
                    plan,
                    idempotence,
                    ids.newInstance(plan.regionId()),
                    name(arguments, "InstanceName", i),
                    i < hostNames.size() ? hostNames.get(i) : name(arguments, "HostName", i),
                    false));
        }
        return new RunInstances(plan, idempotence, List.copyOf(parts));
    }

    private static int amount(Arguments arguments) {
        return arguments.integer("Amount").orElse(1);
    }

    private static String name(Arguments arguments, String parameter, int index) {
        return arguments
                .string(parameter)
                .map(name -> new Sequence(name, hasUniqueSuffix(arguments)).at(index))
                .orElse("");
    }

    private static boolean hasUniqueSuffix(Arguments arguments) {
        return arguments.isTrue("UniqueSuffix") && amount(arguments) > 1;
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        var wrongToken = idempotence.wrong();
        if (wrongToken.isPresent()) return Optional.of(wrongToken.get());
        var made = parts.stream()
                .flatMap(part -> Stream.ofNullable(view.everInstance(part.instanceId())))
                .toList();
        for (var instance : made) {
            var again = idempotence.again(instance.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH);
            if (again instanceof Rejection mismatch) return Optional.of(mismatch);
        }
        // Some are there, after a crash say: the others are still to be made, as they were asked for then.
        if (!made.isEmpty()) return made.size() == parts.size() ? Optional.of(success()) : Optional.empty();
        if (isTooLongForASuffix("InstanceName", MAX_NAME_CHARACTERS)) {
            return Change.reject(INVALID_PARAMS_INSTANCE_NAME_EXCEED);
        }
        if (isTooLongForASuffix("HostName", MAX_HOST_NAME_CHARACTERS)) {
            return Change.reject(INVALID_PARAMS_HOSTNAME_EXCEED);
        }
        var wrong = plan.wrongPlaceOrName(parts);
        if (wrong.isPresent()) return Optional.of(wrong.get());
        var wrongAmount = wrongAmount();
        if (wrongAmount.isPresent()) return wrongAmount;
        var otherwiseWrong = plan.wrong(view, INVALID_PERIOD_TYPE_VALUE_NOT_SUPPORTED);
        if (otherwiseWrong.isPresent()) return Optional.of(otherwiseWrong.get());
        return arguments().isTrue("DryRun") ? Change.reject(DRY_RUN_OPERATION) : Optional.empty();
    }

    private Arguments arguments() {
        return plan.arguments();
    }

    private boolean isTooLongForASuffix(String parameter, int max) {
        int length = arguments().string(parameter).map(String::length).orElse(0);
        return hasUniqueSuffix(arguments()) && length <= max && length + Sequence.SUFFIX_CHARACTERS > max;
    }

    private Optional<Outcome> wrongAmount() {
        int amount = amount(arguments());
        if (amount < 1 || amount > MAX_INSTANCES) return Change.reject(INVALID_PARAMETER, "Amount");
        int least = arguments().integer("MinAmount").orElse(1);
        if (least < 1 || least > amount) return Change.reject(INVALID_MIN_AMOUNT_MALFORMED);
        if (amount > 1 && plan.network().address().isPresent()) return Change.reject(INVALID_PARAM_AMOUNT);
        int hostNames = arguments().strings("HostNames").size();
        if (hostNames == 0) return Optional.empty();
        if (arguments().has("HostName")) return Change.reject(INVALID_PARAMETER_CONFLICT, "HostNames");
        return hostNames == amount ? Optional.empty() : Change.reject(INVALID_PARAMETER, "HostNames");
    }

    @Override
    public Change routed(AccountView view) {
        var free = new FreeAddresses(view, plan.network().vSwitchId());
        return new RoutedBatch(
                this, parts.stream().<Change>map(part -> part.among(free, view)).toList());
    }

    @Override
    public Outcome.Success success() {
        var body = JsonNodeFactory.instance.objectNode();
        var ids = body.putObject("InstanceIdSets").putArray("InstanceIdSet");
        parts.forEach(part -> ids.add(part.instanceId().value()));
        return Outcome.success(body);
    }
}
