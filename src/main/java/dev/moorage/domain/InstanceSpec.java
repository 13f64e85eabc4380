package dev.moorage.domain;

/** What an instance is, apart from what happens to it. */
public record InstanceSpec(
        String account,
        String regionId,
        String zoneId,
        String name,
        String hostName,
        String description,
        String instanceType,
        String imageId,
        String securityGroupId,
        String vSwitchId,
        ChargeType chargeType,
        boolean deletionProtection) {}
