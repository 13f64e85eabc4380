package dev.moorage.domain;

/**
 * A disk's place on an instance.
 *
 * @param reservation the request that reserved the device: a disk can come back to the same device, so the pair of
 *     disk and device does not tell one attachment from the next
 */
public record Attachment(InstanceId instanceId, String device, String reservation) {
    public boolean isTo(InstanceId instance) {
        return instanceId.equals(instance);
    }
}
