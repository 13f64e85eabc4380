package dev.moorage.action;

/**
 * A public image.
 *
 * @param size in GiB
 */
record Image(
        String id,
        String family,
        String osName,
        String osNameEn,
        String osType,
        String platform,
        String architecture,
        int size,
        String creationTime) {

    boolean runsOn(InstanceType type) {
        return architecture.equals("arm64") == type.family().architecture().equals("ARM");
    }
}
