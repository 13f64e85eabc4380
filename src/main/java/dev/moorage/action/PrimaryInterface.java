package dev.moorage.action;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

/** The one network interface of an instance. All of it follows from what the instance is. */
record PrimaryInterface(Instance instance) {
    static final String TYPE = "Primary";
    static final String STATUS = "InUse";
    private static final String ID_PREFIX = "eni-";
    private static final String INSTANCE_PREFIX = "i-";
    private static final int VPC_CHARACTERS = 17;

    String id() {
        return ID_PREFIX + instance.id().value().substring(INSTANCE_PREFIX.length());
    }

    /** Whose interface has this id, if there is one. */
    static Optional<InstanceId> owner(String id) {
        return id.startsWith(ID_PREFIX)
                ? Optional.of(new InstanceId(INSTANCE_PREFIX + id.substring(ID_PREFIX.length())))
                : Optional.empty();
    }

    String address() {
        String given = instance.spec().privateIpAddress();
        return given.isEmpty() ? Addresses.ofOld(instance.id()) : given;
    }

    String macAddress() {
        return Addresses.ofHardware(instance.id());
    }

    Optional<String> internetAddress() {
        return Addresses.ofInternet(instance);
    }

    List<String> securityGroupIds() {
        var spec = instance.spec();
        return Stream.concat(Stream.of(spec.securityGroupId()), spec.moreSecurityGroupIds().stream())
                .filter(group -> !group.isEmpty())
                .toList();
    }

    /** An account has one network in each region: all its VSwitches are in there. */
    String vpcId() {
        var spec = instance.spec();
        var whose = (spec.account() + "\n" + spec.regionId()).getBytes(StandardCharsets.UTF_8);
        String characters = UUID.nameUUIDFromBytes(whose).toString().replace("-", "");
        return "vpc-" + Regions.idPrefix(spec.regionId()) + characters.substring(0, VPC_CHARACTERS);
    }

    /** As part of an instance. */
    ObjectNode brief() {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("NetworkInterfaceId", id());
        node.put("Type", TYPE);
        node.put("MacAddress", macAddress());
        node.put("PrimaryIpAddress", address());
        putAddresses(node);
        return node;
    }

    /** By itself. */
    ObjectNode whole() {
        var spec = instance.spec();
        var node = JsonNodeFactory.instance.objectNode();
        node.put("NetworkInterfaceId", id());
        node.put("NetworkInterfaceName", "");
        node.put("Description", "");
        node.put("Type", TYPE);
        node.put("Status", STATUS);
        node.put("InstanceId", instance.id().value());
        node.put("VpcId", vpcId());
        node.put("VSwitchId", spec.vSwitchId());
        node.put("ZoneId", spec.zoneId());
        node.put("ResourceGroupId", spec.resourceGroupId());
        node.put("OwnerId", spec.account());
        node.put("MacAddress", macAddress());
        node.put("PrivateIpAddress", address());
        node.put("NetworkInterfaceTrafficMode", "Standard");
        node.put(
                "QueueNumber",
                InstanceTypes.find(spec.instanceType())
                        .map(type -> type.size().queues())
                        .orElse(1));
        node.put("DeleteOnRelease", true);
        node.put("SourceDestCheck", false);
        node.put("ServiceManaged", false);
        node.put("CreationTime", Timestamps.seconds(instance.createdAt()));
        node.putObject("Attachment").put("InstanceId", instance.id().value()).put("DeviceIndex", 0);
        putAddresses(node);
        var groups = node.putObject("SecurityGroupIds").putArray("SecurityGroupId");
        securityGroupIds().forEach(groups::add);
        node.putObject("AssociatedPublicIp");
        InstanceDescription.putTags(node, spec.tags());
        return node;
    }

    private void putAddresses(ObjectNode node) {
        node.putObject("PrivateIpSets")
                .putArray("PrivateIpSet")
                .addObject()
                .put("PrivateIpAddress", address())
                .put("Primary", true);
        node.putObject("Ipv6Sets").putArray("Ipv6Set");
    }
}
