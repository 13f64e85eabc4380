package dev.moorage.domain;

import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/** Device names: {@code /dev/xvda} holds the system disk, {@code /dev/xvdb} to {@code /dev/xvdz} hold data disks. */
public final class Device {
    public static final String SYSTEM = "/dev/xvda";
    private static final Pattern DATA = Pattern.compile("/dev/x?vd([b-z])");

    private Device() {}

    /** The name as callers see it, or empty if it is not the name of a data disk's device. */
    public static Optional<String> data(String name) {
        var matcher = DATA.matcher(name);
        return matcher.matches() ? Optional.of("/dev/xvd" + matcher.group(1)) : Optional.empty();
    }

    public static Optional<String> firstFree(Collection<String> taken) {
        for (char letter = 'b'; letter <= 'z'; letter++) {
            String device = "/dev/xvd" + letter;
            if (!taken.contains(device)) return Optional.of(device);
        }
        return Optional.empty();
    }
}
