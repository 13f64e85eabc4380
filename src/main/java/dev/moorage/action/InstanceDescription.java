package dev.moorage.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Instance;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What is told of an instance. */
record InstanceDescription(Instance instance) {
    static final String NETWORK_TYPE = "vpc";
    static final boolean IO_OPTIMIZED = true;
    static final String HTTP_ENDPOINT = "enabled";
    static final String HTTP_TOKENS = "optional";
    private static final BigDecimal MIB_PER_GIB = BigDecimal.valueOf(1_024);

    /** As a member of a list. */
    ObjectNode listed() {
        var spec = instance.spec();
        var type = type();
        var image = Images.find(spec.imageId());
        var node = single();
        node.put("InstanceTypeFamily", family());
        node.put("OSName", image.map(Image::osName).orElse(""));
        node.put("OSNameEn", image.map(Image::osNameEn).orElse(""));
        node.put("OSType", osType(image));
        node.put("IoOptimized", IO_OPTIMIZED);
        node.put("DeletionProtection", spec.deletionProtection());
        node.put("StartTime", Timestamps.minutes(instance.startedAt()));
        node.put("AutoReleaseTime", "");
        node.put("KeyPairName", spec.keyPairName());
        node.put("ResourceGroupId", spec.resourceGroupId());
        node.put("SpotStrategy", spec.spotStrategy().isEmpty() ? "NoSpot" : spec.spotStrategy());
        node.put("SaleCycle", spec.chargeType() == ChargeType.PRE_PAID ? "month" : "");
        node.put("DeploymentSetId", "");
        node.put("HpcClusterId", "");
        node.put("DeviceAvailable", true);
        node.put("Recyclable", false);
        node.put("LocalStorageAmount", 0);
        node.put("LocalStorageCapacity", 0);
        node.put("GPUAmount", type.map(kind -> kind.size().gpus()).orElse(0));
        node.put("GPUSpec", type.map(kind -> kind.family().gpu()).orElse(""));
        node.putObject("CpuOptions")
                .put(
                        "CoreCount",
                        type.map(kind -> Math.max(1, kind.cores() / 2)).orElse(0))
                .put(
                        "ThreadsPerCore",
                        type.map(kind -> kind.cores() > 1 ? 2 : 1).orElse(0))
                .put("Numa", "");
        node.putObject("MetadataOptions").put("HttpEndpoint", HTTP_ENDPOINT).put("HttpTokens", HTTP_TOKENS);
        node.putObject("HibernationOptions").put("Configured", false);
        node.putObject("DedicatedInstanceAttribute").put("Tenancy", "default").put("Affinity", "default");
        node.putObject("EcsCapacityReservationAttr")
                .put("CapacityReservationId", "")
                .put("CapacityReservationPreference", "");
        node.putObject("NetworkInterfaces").putArray("NetworkInterface").add(new PrimaryInterface(instance).brief());
        node.putObject("RdmaIpAddress").putArray("IpAddress");
        putTags(node, spec.tags());
        return node;
    }

    /** By itself. */
    ObjectNode attributes() {
        var node = single();
        node.put("IoOptimized", IO_OPTIMIZED ? "optimized" : "none");
        node.put("EnableJumboFrame", false);
        return node;
    }

    private ObjectNode single() {
        var spec = instance.spec();
        var node = JsonNodeFactory.instance.objectNode();
        node.put("InstanceId", instance.id().value());
        node.put("InstanceName", spec.name());
        node.put("HostName", spec.hostName());
        node.put("Description", spec.description());
        node.put("RegionId", spec.regionId());
        node.put("ZoneId", spec.zoneId());
        node.put("ClusterId", "");
        node.put("VlanId", "");
        node.put("SerialNumber", serialNumber());
        node.put("Status", instance.status().wire());
        node.put("StoppedMode", Power.stoppedMode(instance));
        node.put("InstanceType", spec.instanceType());
        node.put("ImageId", spec.imageId());
        // Of a type that nobody knows nothing is said, rather than something wrong.
        type().ifPresent(type -> node.put("Cpu", type.cores())
                .put("Memory", type.memoryGiB().multiply(MIB_PER_GIB).intValueExact()));
        node.put("InstanceChargeType", spec.chargeType().wire());
        node.put("InstanceNetworkType", NETWORK_TYPE);
        node.put("InternetChargeType", internetChargeType());
        node.put("InternetMaxBandwidthIn", spec.maxBandwidthInMbps());
        node.put("InternetMaxBandwidthOut", spec.maxBandwidthOutMbps());
        node.put("CreditSpecification", creditSpecification());
        node.put("CreationTime", Timestamps.minutes(instance.createdAt()));
        node.put("ExpiredTime", Timestamps.NEVER_EXPIRES);
        var locks = node.putObject("OperationLocks").putArray("LockReason");
        instance.locks().forEach(lock -> locks.addObject().put("LockReason", lock.wire()));
        putNetwork(node);
        node.putObject("DedicatedHostAttribute").put("DedicatedHostId", "").put("DedicatedHostName", "");
        return node;
    }

    private void putNetwork(ObjectNode node) {
        var primary = new PrimaryInterface(instance);
        var groups = node.putObject("SecurityGroupIds").putArray("SecurityGroupId");
        primary.securityGroupIds().forEach(groups::add);
        var vpc = node.putObject("VpcAttributes");
        vpc.put("VpcId", primary.vpcId());
        vpc.put("VSwitchId", instance.spec().vSwitchId());
        vpc.put("NatIpAddress", "");
        vpc.putObject("PrivateIpAddress").putArray("IpAddress").add(primary.address());
        var internet = node.putObject("PublicIpAddress").putArray("IpAddress");
        primary.internetAddress().ifPresent(internet::add);
        node.putObject("InnerIpAddress").putArray("IpAddress");
        node.putObject("EipAddress")
                .put("AllocationId", "")
                .put("IpAddress", "")
                .put("InternetChargeType", "")
                .put("Bandwidth", 0);
    }

    static void putTags(ObjectNode node, Map<String, String> tags) {
        var list = node.putObject("Tags").putArray("Tag");
        tags.forEach((key, value) -> list.addObject().put("TagKey", key).put("TagValue", value));
    }

    private Optional<InstanceType> type() {
        return InstanceTypes.find(instance.spec().instanceType());
    }

    /** {@code ecs.g5} of {@code ecs.g5.large}, and {@code ecs.t5} of {@code ecs.t5-lc1m2.small}. */
    String family() {
        return type().map(type -> type.family().id())
                .orElseGet(() -> instance.spec().instanceType().replaceAll("(-[^.]*)?\\.[^.]*$", ""));
    }

    private String osType(Optional<Image> image) {
        return image.map(Image::osType).orElse("linux");
    }

    String internetChargeType() {
        String asked = instance.spec().internetChargeType();
        return asked.isEmpty() ? "PayByTraffic" : asked;
    }

    private String creditSpecification() {
        boolean lends = type().map(kind -> kind.size().baselineCredit() > 0).orElse(false);
        String asked = instance.spec().creditSpecification();
        return asked.isEmpty() && lends ? "Standard" : asked;
    }

    private String serialNumber() {
        return UUID.nameUUIDFromBytes(instance.id().value().getBytes(StandardCharsets.UTF_8))
                .toString();
    }
}
