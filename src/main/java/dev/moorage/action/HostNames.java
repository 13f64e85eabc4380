package dev.moorage.action;

import dev.moorage.domain.InstanceId;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the systems on instances call themselves. */
final class HostNames {
    private static final String SEGMENT = "[A-Za-z0-9]+(-[A-Za-z0-9]+)*";
    private static final Pattern USUAL = Pattern.compile("(?=.{2,64}$)" + SEGMENT + "(\\." + SEGMENT + ")*");
    private static final Pattern WINDOWS = Pattern.compile("(?=.{2,15}$)(?![0-9]+$)" + SEGMENT);
    private static final int WINDOWS_CHARACTERS = 15;
    private static final String OWN_ID = "${instance_id}";

    private HostNames() {}

    /** Of an instance that nothing more is known of. */
    static boolean isHostName(String name) {
        return isHostName(name, Optional.empty());
    }

    /** What is not known to be Windows is not. */
    static boolean isHostName(String name, Optional<Image> image) {
        return (isWindows(image) ? WINDOWS : USUAL).matcher(name).matches();
    }

    /** The name for which nobody has asked. */
    static String unasked(InstanceId id, Optional<Image> image) {
        String name = "iZ" + id.value().substring(2) + "Z";
        return isWindows(image) ? name.substring(0, Math.min(name.length(), WINDOWS_CHARACTERS)) : name;
    }

    static String withId(String name, InstanceId id) {
        return name.replace(OWN_ID, id.value());
    }

    private static boolean isWindows(Optional<Image> image) {
        return image.map(Image::osType).orElse("").equals("windows");
    }
}
