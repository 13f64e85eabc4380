package dev.moorage.action;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The vendor's regions. */
public final class Regions {
    /** In the order in which the vendor lists them. */
    static final List<Region> ALL = ReferenceData.read("regions.json", Region[].class);

    private static final Map<String, Region> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Region::id, Function.identity()));

    private static final Map<String, Region> BY_ZONE_BEFORE_LETTER =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Region::beforeLetter, Function.identity()));

    /** Some regions are known to exist, but their prefix is not documented anywhere. */
    private static final String UNKNOWN_PREFIX = "000";

    private Regions() {}

    static Optional<Region> find(String regionId) {
        return Optional.ofNullable(BY_ID.get(regionId));
    }

    public static boolean isRegion(String regionId) {
        return find(regionId).isPresent();
    }

    public static boolean isZone(String regionId, String zoneId) {
        return find(regionId).filter(region -> region.isZone(zoneId)).isPresent();
    }

    /** Where a caller's things go who names no zone. */
    static String defaultZone(String regionId) {
        return find(regionId).orElseThrow().defaultZone().id();
    }

    /** The region of a zone, or the empty string if there is no such zone. */
    public static String ofZone(String zoneId) {
        if (zoneId.isEmpty()) return "";
        var region = BY_ZONE_BEFORE_LETTER.get(zoneId.substring(0, zoneId.length() - 1));
        return region != null && region.isZone(zoneId) ? region.id() : "";
    }

    /** The three characters by which an id shows where it comes from; {@code 000} where they are not known. */
    public static String idPrefix(String regionId) {
        return find(regionId)
                .map(region -> Objects.requireNonNullElse(region.idPrefix(), UNKNOWN_PREFIX))
                .orElse(UNKNOWN_PREFIX);
    }
}
