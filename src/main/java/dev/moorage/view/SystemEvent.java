package dev.moorage.view;

import dev.moorage.domain.InstanceId;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;

/**
 * Something that happened to an instance by itself, as its history has it.
 *
 * @param reason such as {@code ecs_alarm_center.vm.guest_os_oom:critical}
 */
public record SystemEvent(String id, InstanceId instanceId, String reason, Instant publishedAt) {
    /** How long the vendor's are, behind the prefix. */
    private static final int ID_LENGTH = 20;

    /** Its id is the same whenever it is looked at. */
    static SystemEvent of(InstanceId instanceId, String reason, Instant at) {
        var unique =
                UUID.nameUUIDFromBytes((instanceId.value() + " " + reason + " " + at).getBytes(StandardCharsets.UTF_8));
        return new SystemEvent(
                "e-" + unique.toString().replace("-", "").substring(0, ID_LENGTH), instanceId, reason, at);
    }
}
