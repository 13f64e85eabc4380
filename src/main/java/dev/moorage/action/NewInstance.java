package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.IDEMPOTENT_PARAMETER_MISMATCH;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.moorage.contract.Outcome;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Snapshot;
import dev.moorage.view.AccountView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * An instance that is to be made.
 *
 * @param diskIds of its disks; the first is the system disk
 * @param privateIpAddress empty until it is clear which ones are free
 * @param snapshots that its disks are made from, once they were looked up
 */
record NewInstance(
        InstancePlan plan,
        Idempotence idempotence,
        InstanceId instanceId,
        List<DiskId> diskIds,
        String name,
        String hostName,
        boolean staysStopped,
        String privateIpAddress,
        List<Snapshot> snapshots)
        implements InstanceCreation {

    static NewInstance of(
            InstancePlan plan,
            Idempotence idempotence,
            InstanceId id,
            String name,
            String hostName,
            boolean staysStopped) {
        var diskIds = new ArrayList<DiskId>();
        for (int disk = 0; disk < plan.disks(); disk++) diskIds.add(Ids.diskOf(id, disk));
        return new NewInstance(
                plan,
                idempotence,
                id,
                List.copyOf(diskIds),
                name.isEmpty() ? id.value() : name,
                hostName.isEmpty() ? HostNames.unasked(id, plan.image()) : HostNames.withId(hostName, id),
                staysStopped,
                "",
                List.of());
    }

    /** The same, now that it is known what there is. */
    NewInstance among(FreeAddresses free, AccountView view) {
        return new NewInstance(
                plan,
                idempotence,
                instanceId,
                diskIds,
                name,
                hostName,
                staysStopped,
                plan.network().address().orElseGet(() -> free.next(instanceId)),
                plan.snapshots(view));
    }

    @Override
    public Optional<Outcome> check(AccountView view) {
        return Optional.empty();
    }

    @Override
    public Outcome.Success success() {
        return Outcome.success(JsonNodeFactory.instance.objectNode().put("InstanceId", instanceId.value()));
    }

    @Override
    public InstanceEvent.Creating create(Conditions conditions) {
        var spec = plan.spec(this);
        return new InstanceEvent.Creating(
                conditions.story(),
                instanceId,
                spec,
                plan.slots(spec, this, conditions),
                conditions.due(idempotence.action()),
                staysStopped,
                idempotence.used(conditions.now()));
    }

    @Override
    public Outcome repeated(Instance instance) {
        return idempotence.again(instance.tokens(), success(), IDEMPOTENT_PARAMETER_MISMATCH);
    }
}
