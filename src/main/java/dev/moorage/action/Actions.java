package dev.moorage.action;

import dev.moorage.contract.ActionSpec;
import dev.moorage.contract.Call;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;

/** Every action that Moorage has, by the vendor's name. */
public final class Actions {
    private static final Map<String, BiFunction<Call, Ids, Action>> TABLE = new TreeMap<>();
    private static final Map<String, ActionSpec> SPECS = new TreeMap<>();

    static {
        action(AttachDisk.class, AttachDisk::of);
        action(CreateDisk.class, CreateDisk::of);
        action(CreateInstance.class, CreateInstance::of);
        action(DeleteDisk.class, DeleteDisk::of);
        action(DeleteInstance.class, DeleteInstance::of);
        action(DescribeAvailableResource.class, DescribeAvailableResource::of);
        action(DescribeDisks.class, DescribeDisks::of);
        action(DescribeEndpoints.class, DescribeEndpoints::of);
        action(DescribeImages.class, DescribeImages::of);
        action(DescribeInstanceAttachmentAttributes.class, DescribeInstanceAttachmentAttributes::of);
        action(DescribeInstanceAttribute.class, DescribeInstanceAttribute::of);
        action(DescribeInstanceAutoRenewAttribute.class, DescribeInstanceAutoRenewAttribute::of);
        action(DescribeInstanceHistoryEvents.class, DescribeInstanceHistoryEvents::of);
        action(DescribeInstanceMaintenanceAttributes.class, DescribeInstanceMaintenanceAttributes::of);
        action(DescribeInstanceRamRole.class, DescribeInstanceRamRole::of);
        action(DescribeInstanceStatus.class, DescribeInstanceStatus::of);
        action(DescribeInstanceTypeFamilies.class, DescribeInstanceTypeFamilies::of);
        action(DescribeInstanceTypes.class, DescribeInstanceTypes::of);
        action(DescribeInstances.class, DescribeInstances::of);
        action(DescribeNetworkInterfaces.class, DescribeNetworkInterfaces::of);
        action(DescribeRegions.class, DescribeRegions::of);
        action(DescribeUserData.class, DescribeUserData::of);
        action(DescribeZones.class, DescribeZones::of);
        action(DetachDisk.class, DetachDisk::of);
        action(GetCallerIdentity.class, GetCallerIdentity::of);
        action(QueryAvailableInstances.class, QueryAvailableInstances::of);
        action(RunInstances.class, RunInstances::of);
        action(StartInstance.class, StartInstance::of);
        action(StopInstance.class, StopInstance::of);
    }

    private Actions() {}

    private static void action(Class<? extends Action> type, Function<Call, Action> of) {
        action(type, (call, ids) -> of.apply(call));
    }

    private static void action(Class<? extends Action> type, BiFunction<Call, Ids, Action> of) {
        TABLE.put(type.getSimpleName(), of);
        SPECS.put(type.getSimpleName(), ActionSpec.load(type.getSimpleName()));
    }

    /** The contract of each. */
    public static Map<String, ActionSpec> specs() {
        return SPECS;
    }

    /**
     * The verb that a call stands for.
     *
     * @param ids for what the verb makes
     */
    public static Action of(Call call, Ids ids) {
        var of = TABLE.get(call.action().action());
        if (of == null)
            throw new IllegalArgumentException("No action " + call.action().action());
        return of.apply(call, ids.of(call));
    }
}
