package dev.moorage.contract;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** The names that parameters of one action can have. */
final class ParameterNames {
    /** What any call can carry, to any action. */
    private static final List<String> COMMON = List.of(
            "AccessKeyId",
            "Action",
            "BearerToken",
            "Format",
            "OwnerAccount",
            "OwnerId",
            "RegionId",
            "ResourceOwnerAccount",
            "ResourceOwnerId",
            "SecureTransport",
            "SecurityToken",
            "Signature",
            "SignatureMethod",
            "SignatureNonce",
            "SignatureType",
            "SignatureVersion",
            "SourceIp",
            "Timestamp",
            "Version");

    private static final Pattern INDEX = Pattern.compile("\\.[0-9]+(?=\\.|$)");
    /** A list in a list has another letter for its index in some documents. */
    private static final Pattern LETTER = Pattern.compile("\\.[A-Z](?=\\.|$)");

    private static final Pattern OLD_KEY = Pattern.compile("(^|\\.)Tag\\.N\\.Key$");
    private static final Pattern OLD_VALUE = Pattern.compile("(^|\\.)Tag\\.N\\.Value$");

    private final Set<String> names = new HashSet<>(COMMON);

    ParameterNames(ActionSpec action) {
        for (var parameter : action.parameters()) {
            String name = LETTER.matcher(parameter.name()).replaceAll(".N");
            names.add(name);
            // The old spelling, which the vendor still takes.
            names.add(OLD_KEY.matcher(OLD_VALUE.matcher(name).replaceFirst("$1Tag.N.value"))
                    .replaceFirst("$1Tag.N.key"));
        }
    }

    boolean has(String name) {
        return names.contains(name) || names.contains(withoutIndexes(name));
    }

    /** The name that is spelt nearly like this one. */
    Optional<String> near(String name) {
        return NearNames.nearest(withoutIndexes(name), names);
    }

    /** {@code DataDisk.N.Size} for {@code DataDisk.1.Size}. */
    static String withoutIndexes(String name) {
        return name.indexOf('.') < 0 ? name : INDEX.matcher(name).replaceAll(".N");
    }
}
