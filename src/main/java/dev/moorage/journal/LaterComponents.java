package dev.moorage.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.introspect.Annotated;
import com.fasterxml.jackson.databind.introspect.AnnotatedMember;
import com.fasterxml.jackson.databind.introspect.NopAnnotationIntrospector;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskSpec;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.Stamp;
import java.util.Map;
import java.util.Set;

/**
 * What records have learnt since their first version. It is written only where it says something: so what says nothing
 * looks as it always did, and an event takes no more room than it has news.
 */
final class LaterComponents extends NopAnnotationIntrospector {
    private static final long serialVersionUID = 1;

    private static final Map<Class<?>, Set<String>> LATER = Map.of(
            DiskSpec.class,
            Set.of(
                    "enableAutoSnapshot",
                    "performanceLevel",
                    "provisionedIops",
                    "burstingEnabled",
                    "encrypted",
                    "kmsKeyId",
                    "multiAttach",
                    "sourceSnapshotId",
                    "imageId",
                    "resourceGroupId",
                    "tags"),
            InstanceSpec.class,
            Set.of(
                    "moreSecurityGroupIds",
                    "privateIpAddress",
                    "keyPairName",
                    "userData",
                    "ramRoleName",
                    "resourceGroupId",
                    "internetChargeType",
                    "maxBandwidthInMbps",
                    "maxBandwidthOutMbps",
                    "creditSpecification",
                    "spotStrategy",
                    "tags"),
            Disk.class,
            Set.of("snapshots", "snapshotsTaken", "tasks", "tokens", "others", "deletedSnapshots"),
            Instance.class,
            Set.of("staysStopped", "leaving", "tokens", "stopsCharging"),
            Stamp.class,
            Set.of("incident", "progression", "failsLate"),
            InstanceEvent.Creating.class,
            Set.of("staysStopped"),
            InstanceEvent.Stopping.class,
            Set.of("stopsCharging"));

    @Override
    public JsonInclude.Value findPropertyInclusion(Annotated annotated) {
        boolean later = annotated instanceof AnnotatedMember member
                && LATER.getOrDefault(member.getDeclaringClass(), Set.of()).contains(member.getName());
        return later
                ? JsonInclude.Value.empty().withValueInclusion(JsonInclude.Include.NON_DEFAULT)
                : JsonInclude.Value.empty();
    }
}
