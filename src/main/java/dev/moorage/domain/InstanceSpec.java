package dev.moorage.domain;

import io.soabase.recordbuilder.core.RecordBuilder;
import java.util.List;
import java.util.SortedMap;

/**
 * What an instance is, apart from what happens to it. Passwords are not kept.
 *
 * @param securityGroupId the first of its security groups; the others are in {@code moreSecurityGroupIds}
 * @param privateIpAddress empty where nobody has chosen one
 * @param userData as the caller gave it, in base64
 * @param maxBandwidthInMbps public inbound bandwidth in Mbit/s
 * @param maxBandwidthOutMbps public outbound bandwidth in Mbit/s
 */
@RecordBuilder
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
        boolean deletionProtection,
        List<String> moreSecurityGroupIds,
        String privateIpAddress,
        String keyPairName,
        String userData,
        String ramRoleName,
        String resourceGroupId,
        String internetChargeType,
        int maxBandwidthInMbps,
        int maxBandwidthOutMbps,
        String creditSpecification,
        String spotStrategy,
        SortedMap<String, String> tags)
        implements InstanceSpecBuilder.With {

    /** What says nothing is not written to the journal, and comes back from there as null. */
    public InstanceSpec {
        moreSecurityGroupIds = moreSecurityGroupIds == null ? List.of() : List.copyOf(moreSecurityGroupIds);
        if (privateIpAddress == null) privateIpAddress = "";
        if (keyPairName == null) keyPairName = "";
        if (userData == null) userData = "";
        if (ramRoleName == null) ramRoleName = "";
        if (resourceGroupId == null) resourceGroupId = "";
        if (internetChargeType == null) internetChargeType = "";
        if (creditSpecification == null) creditSpecification = "";
        if (spotStrategy == null) spotStrategy = "";
        tags = tags == null ? Tags.NONE : Tags.of(tags);
    }

    /** An instance with nothing special. */
    public InstanceSpec(
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
            boolean deletionProtection) {
        this(
                account,
                regionId,
                zoneId,
                name,
                hostName,
                description,
                instanceType,
                imageId,
                securityGroupId,
                vSwitchId,
                chargeType,
                deletionProtection,
                List.of(),
                "",
                "",
                "",
                "",
                "",
                "",
                0,
                0,
                "",
                "",
                Tags.NONE);
    }
}
