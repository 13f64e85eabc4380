package dev.moorage.action;

import java.util.Map;
import java.util.TreeMap;

/** The vendor's regions, and the three characters by which an id shows where it comes from. */
public final class Regions {
    private static final Map<String, String> ID_PREFIXES = new TreeMap<>(Map.ofEntries(
            Map.entry("cn-hangzhou", "bp1"),
            Map.entry("cn-shanghai", "uf6"),
            Map.entry("cn-beijing", "2ze"),
            Map.entry("cn-shenzhen", "wz9"),
            Map.entry("cn-hongkong", "j6c"),
            Map.entry("cn-wulanchabu", "0jl"),
            Map.entry("cn-zhangjiakou", "8vb"),
            Map.entry("cn-huhehaote", "hp3"),
            Map.entry("ap-southeast-1", "t4n"),
            Map.entry("eu-central-1", "gw8"),
            // These are known to exist; their prefix is not documented anywhere.
            Map.entry("cn-qingdao", "000"),
            Map.entry("cn-chengdu", "000"),
            Map.entry("cn-heyuan", "000"),
            Map.entry("cn-guangzhou", "000"),
            Map.entry("cn-nanjing", "000"),
            Map.entry("cn-fuzhou", "000"),
            Map.entry("ap-southeast-2", "000"),
            Map.entry("ap-southeast-3", "000"),
            Map.entry("ap-southeast-5", "000"),
            Map.entry("ap-southeast-6", "000"),
            Map.entry("ap-southeast-7", "000"),
            Map.entry("ap-northeast-1", "000"),
            Map.entry("ap-northeast-2", "000"),
            Map.entry("ap-south-1", "000"),
            Map.entry("us-east-1", "000"),
            Map.entry("us-west-1", "000"),
            Map.entry("eu-west-1", "000"),
            Map.entry("me-east-1", "000"),
            Map.entry("me-central-1", "000")));

    private Regions() {}

    public static boolean isRegion(String regionId) {
        return ID_PREFIXES.containsKey(regionId);
    }

    /** Zones are named by their region and a letter: {@code cn-hangzhou-b}, {@code ap-southeast-1a}. */
    public static boolean isZone(String regionId, String zoneId) {
        return isRegion(regionId)
                && zoneId.startsWith(regionId)
                && zoneId.substring(regionId.length()).matches(endsInDigit(regionId) ? "[a-z]" : "-[a-z]");
    }

    /** The zone that the documents use in their examples, where the caller leaves the choice. */
    static String defaultZone(String regionId) {
        return regionId + (endsInDigit(regionId) ? "b" : "-b");
    }

    private static boolean endsInDigit(String regionId) {
        return !regionId.isEmpty() && Character.isDigit(regionId.charAt(regionId.length() - 1));
    }

    /** The region of a zone, or the empty string if there is no such zone. */
    public static String ofZone(String zoneId) {
        return ID_PREFIXES.keySet().stream()
                .filter(region -> isZone(region, zoneId))
                .findFirst()
                .orElse("");
    }

    /** The three characters; {@code 000} for a region whose own are not known. */
    public static String idPrefix(String regionId) {
        return ID_PREFIXES.getOrDefault(regionId, "000");
    }
}
