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
        action(AddTags.class, AddTags::of);
        action(AttachDisk.class, AttachDisk::of);
        action(CreateDisk.class, CreateDisk::of);
        action(CreateSnapshot.class, CreateSnapshot::of);
        action(DeleteDisk.class, DeleteDisk::of);
        action(DeleteInstance.class, DeleteInstance::of);
        action(DeleteInstances.class, DeleteInstances::of);
        action(DeleteSnapshot.class, DeleteSnapshot::of);
        action(DescribeAvailableResource.class, DescribeAvailableResource::of);
        action(DescribeDisks.class, DescribeDisks::of);
        action(DescribeDisksFullStatus.class, DescribeDisksFullStatus::of);
        action(DescribeEndpoints.class, DescribeEndpoints::of);
        action(DescribeImages.class, DescribeImages::of);
        action(DescribeInstanceTypeFamilies.class, DescribeInstanceTypeFamilies::of);
        action(DescribeInstanceTypes.class, DescribeInstanceTypes::of);
        action(DescribeInstances.class, DescribeInstances::of);
        action(DescribeRegions.class, DescribeRegions::of);
        action(DescribeSnapshots.class, DescribeSnapshots::of);
        action(DescribeTags.class, DescribeTags::of);
        action(DescribeTasks.class, DescribeTasks::of);
        action(DescribeZones.class, DescribeZones::of);
        action(DetachDisk.class, DetachDisk::of);
        action(GetCallerIdentity.class, GetCallerIdentity::of);
        action(JoinResourceGroup.class, JoinResourceGroup::of);
        action(ListTagResources.class, ListTagResources::of);
        action(ModifyDiskAttribute.class, ModifyDiskAttribute::of);
        action(ModifyDiskChargeType.class, ModifyDiskChargeType::of);
        action(ModifyDiskSpec.class, ModifyDiskSpec::of);
        action(ModifyInstanceAttribute.class, ModifyInstanceAttribute::of);
        action(QueryAvailableInstances.class, QueryAvailableInstances::of);
        action(ReInitDisk.class, ReInitDisk::of);
        action(RebootInstance.class, RebootInstance::of);
        action(RebootInstances.class, RebootInstances::of);
        action(RemoveTags.class, RemoveTags::of);
        action(ReplaceSystemDisk.class, ReplaceSystemDisk::of);
        action(ResetDisk.class, ResetDisk::of);
        action(ResizeDisk.class, ResizeDisk::of);
        action(RunInstances.class, RunInstances::of);
        action(StartInstance.class, StartInstance::of);
        action(StartInstances.class, StartInstances::of);
        action(StopInstance.class, StopInstance::of);
        action(StopInstances.class, StopInstances::of);
        action(TagResources.class, TagResources::of);
        action(UntagResources.class, UntagResources::of);
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
