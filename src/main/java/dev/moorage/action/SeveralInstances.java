package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRYRUN_SUCCESS;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER;
import static dev.moorage.contract.ErrorCode.INVALID_PARAMETER_TOO_MANY_INSTANCE_IDS;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.ActionSpec;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.AccountView;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The instances of a call that does the same to all of them. By default all or none of them change: each is looked at
 * before the first is asked. What becomes of one in between, by another call, is then answered, and the others have
 * changed all the same.
 *
 * @param contract where the texts are for those that say no
 * @param optimization whether those that can change do, whatever becomes of the others
 * @param ids those that the call names, each once
 * @param parts for those that are to be asked
 */
record SeveralInstances(
        ActionSpec contract,
        String optimization,
        boolean dryRun,
        List<InstanceId> ids,
        Operation operation,
        List<Part> parts) {
    private static final int MAX = 100;
    private static final String ALL_TOGETHER = "AllTogether";
    private static final String SUCCESS_FIRST = "SuccessFirst";

    static SeveralInstances of(Call call, Operation operation) {
        return of(
                call, operation, call.arguments().string("BatchOptimization").orElse(ALL_TOGETHER), released -> false);
    }

    /**
     * All or none of the instances of a call that releases them.
     *
     * @param done whether a released instance was released by this very call
     */
    static SeveralInstances ofRelease(Call call, Operation operation, Predicate<Instance> done) {
        return of(call, operation, ALL_TOGETHER, done);
    }

    private static SeveralInstances of(Call call, Operation operation, String optimization, Predicate<Instance> done) {
        var arguments = call.arguments();
        var ids = arguments.strings("InstanceId").stream()
                .distinct()
                .map(InstanceId::new)
                .toList();
        var parts = ids.stream()
                .map(id -> new Part(id, arguments.required("RegionId"), operation, done))
                .toList();
        return new SeveralInstances(call.action(), optimization, arguments.isTrue("DryRun"), ids, operation, parts);
    }

    Optional<Outcome> check(AccountView view) {
        if (ids.isEmpty()) return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND, "InstanceId");
        if (ids.size() > MAX) return Change.reject(INVALID_PARAMETER_TOO_MANY_INSTANCE_IDS);
        if (!optimization.equals(ALL_TOGETHER) && !optimization.equals(SUCCESS_FIRST)) {
            return Change.reject(INVALID_PARAMETER, "BatchOptimization");
        }
        if (!isSuccessFirst()) {
            for (var part : parts) {
                var known = part.check(view);
                if (known.isPresent() && known.get() instanceof Rejection) return known;
            }
            for (var part : askedIn(view).parts) {
                var objection =
                        Optional.ofNullable(view.instance(part.instanceId())).flatMap(operation.objection());
                if (objection.isPresent()) return Optional.of(objection.get());
            }
        }
        if (dryRun) return Change.reject(DRYRUN_SUCCESS);
        return Optional.empty();
    }

    private boolean isSuccessFirst() {
        return optimization.equals(SUCCESS_FIRST);
    }

    /** Without those that there is nothing to ask of: others' instances, say. */
    SeveralInstances askedIn(AccountView view) {
        var asked = parts.stream().filter(part -> part.check(view).isEmpty()).toList();
        return new SeveralInstances(contract, optimization, dryRun, ids, operation, asked);
    }

    /** One answer for each instance, from one status to another; or the first no, where that counts for all. */
    Outcome conclude(List<Outcome> outcomes, InstanceStatus from, InstanceStatus to) {
        var no = outcomes.stream().filter(Rejection.class::isInstance).findFirst();
        if (no.isPresent() && !isSuccessFirst()) return no.get();
        var body = JsonNodeFactory.instance.objectNode();
        var responses = body.putObject("InstanceResponses").putArray("InstanceResponse");
        for (var id : ids) {
            var rejection = rejection(id, outcomes);
            var failure = rejection == null ? null : contract.failure(rejection);
            responses
                    .addObject()
                    .put("InstanceId", id.value())
                    .put("PreviousStatus", failure == null ? from.wire() : "")
                    .put("CurrentStatus", failure == null ? to.wire() : "")
                    .put("Code", failure == null ? "200" : failure.code())
                    .put("Message", failure == null ? "success" : failure.message());
        }
        return Outcome.success(body);
    }

    private @Nullable Rejection rejection(InstanceId id, List<Outcome> outcomes) {
        for (int i = 0; i < parts.size(); i++) {
            if (parts.get(i).instanceId().equals(id)) return outcomes.get(i) instanceof Rejection no ? no : null;
        }
        return Rejection.of(INVALID_INSTANCE_ID_NOT_FOUND);
    }

    /** What is asked of one of them. */
    record Part(InstanceId instanceId, String regionId, Operation operation, Predicate<Instance> done)
            implements InstanceChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            var instance = view.everInstance(instanceId);
            if (instance == null || !instance.spec().regionId().equals(regionId)) {
                return Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
            }
            if (!instance.isReleased()) return Optional.empty();
            return done.test(instance) ? Optional.of(success()) : Change.reject(INVALID_INSTANCE_ID_NOT_FOUND);
        }

        @Override
        public Admission admit(Instance instance, Conditions conditions) {
            return operation.admit(instance, conditions);
        }
    }
}
