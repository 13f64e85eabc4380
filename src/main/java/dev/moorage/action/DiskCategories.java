package dev.moorage.action;

import dev.moorage.domain.DiskSpec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of disk there are, and the sizes in which they come. */
final class DiskCategories {
    static final String ESSD = "cloud_essd";
    static final String AUTO = "cloud_auto";
    /** Kept in several zones at once, and in none by name. */
    static final String REGIONAL = "cloud_regional_disk_auto";

    /** In GiB, both ends included. */
    record Sizes(int min, int max) {}

    /** A category, or one performance level of it; the level is empty where the category has none. */
    private record Kind(String category, String performanceLevel) {}

    private static final String DEFAULT_LEVEL = "PL1";
    private static final List<String> LEVELS = List.of("PL0", DEFAULT_LEVEL, "PL2", "PL3");

    private static final Map<Kind, Sizes> CLOUD = new HashMap<>();

    static {
        comes("cloud", "", 5, 2_000);
        comes("cloud_efficiency", "", 20, 32_768);
        comes("cloud_ssd", "", 20, 32_768);
        comes(ESSD, "PL0", 1, 65_536);
        comes(ESSD, "PL1", 20, 65_536);
        comes(ESSD, "PL2", 461, 65_536);
        comes(ESSD, "PL3", 1_261, 65_536);
        comes(AUTO, "", 1, 65_536);
        comes("cloud_essd_entry", "", 10, 32_768);
        comes(REGIONAL, "", 10, 65_536);
        comes("elastic_ephemeral_disk_standard", "", 64, 8_192);
        comes("elastic_ephemeral_disk_premium", "", 64, 8_192);
    }

    /** Fixed in the host that an instance runs on: they are listed, and cannot be made. */
    private static final Set<String> LOCAL = Set.of("ephemeral", "ephemeral_ssd", "local_ssd_pro", "local_hdd_pro");

    private static final Set<String> SYSTEM =
            Set.of("cloud", "cloud_efficiency", "cloud_ssd", ESSD, AUTO, "cloud_essd_entry");

    private static final Set<String> SHARED = Set.of(ESSD, AUTO, REGIONAL);

    static final int MIN_SYSTEM_GIB = 20;
    static final int MAX_SYSTEM_GIB = 500;
    static final int DEFAULT_SYSTEM_GIB = 40;

    private DiskCategories() {}

    private static void comes(String category, String performanceLevel, int min, int max) {
        CLOUD.put(new Kind(category, performanceLevel), new Sizes(min, max));
    }

    static boolean isKnown(String category) {
        return canBeMade(category) || LOCAL.contains(category);
    }

    static boolean canBeMade(String category) {
        return sizes(category).isPresent();
    }

    static boolean canBeSystemDisk(String category) {
        return SYSTEM.contains(category);
    }

    static boolean isPerformanceLevel(String text) {
        return LEVELS.contains(text);
    }

    /** The level of a disk for which this one was asked, or none; empty where the category has no levels. */
    static String performanceLevel(String category, Optional<String> asked) {
        return category.equals(ESSD) ? asked.orElse(DEFAULT_LEVEL) : "";
    }

    /** The level of a disk that is there, also if nothing was ever said of it. */
    static String performanceLevel(DiskSpec spec) {
        String level = spec.performanceLevel();
        return performanceLevel(spec.category(), level.isEmpty() ? Optional.empty() : Optional.of(level));
    }

    /** Of a category that can be made, at the level that it has by itself if it has any. */
    static Optional<Sizes> sizes(String category) {
        return Optional.ofNullable(CLOUD.get(new Kind(category, performanceLevel(category, Optional.empty()))));
    }

    /** Comes in this size, at the level that it has by itself if it has any. */
    static boolean comesIn(String category, int sizeGiB) {
        return comesIn(category, performanceLevel(category, Optional.empty()), sizeGiB);
    }

    static boolean comesIn(String category, String performanceLevel, int sizeGiB) {
        var sizes = CLOUD.get(new Kind(category, performanceLevel));
        return sizes != null && sizeGiB >= sizes.min() && sizeGiB <= sizes.max();
    }

    /** Comes in this size at one level at least. */
    static boolean comesInAtSomeLevel(String category, int sizeGiB) {
        return CLOUD.keySet().stream()
                .filter(kind -> kind.category().equals(category))
                .anyMatch(kind -> comesIn(category, kind.performanceLevel(), sizeGiB));
    }

    /** Can be on several instances at once. */
    static boolean canBeShared(String category) {
        return SHARED.contains(category);
    }
}
