package dev.moorage.action;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The kinds of disk there are, and the sizes in which they come. */
final class DiskCategories {
    /** In GiB, both ends included. */
    record Sizes(int min, int max) {}

    private static final Map<String, Sizes> CLOUD = Map.of(
            "cloud", new Sizes(5, 2_000),
            "cloud_efficiency", new Sizes(20, 32_768),
            "cloud_ssd", new Sizes(20, 32_768),
            "cloud_essd", new Sizes(20, 32_768),
            "cloud_auto", new Sizes(1, 65_536),
            "cloud_essd_entry", new Sizes(10, 32_768));

    /** Fixed in the host that an instance runs on: they are listed, and cannot be made. */
    private static final Set<String> LOCAL = Set.of("ephemeral_ssd", "local_ssd_pro", "local_hdd_pro");

    static final int MIN_SYSTEM_GIB = 20;
    static final int MAX_SYSTEM_GIB = 500;
    static final int DEFAULT_SYSTEM_GIB = 40;

    private DiskCategories() {}

    static boolean isKnown(String category) {
        return CLOUD.containsKey(category) || LOCAL.contains(category);
    }

    static boolean canBeMade(String category) {
        return CLOUD.containsKey(category);
    }

    /** Of a category that can be made. */
    static Optional<Sizes> sizes(String category) {
        return Optional.ofNullable(CLOUD.get(category));
    }

    static boolean comesIn(String category, int sizeGiB) {
        var sizes = CLOUD.get(category);
        return sizes != null && sizeGiB >= sizes.min() && sizeGiB <= sizes.max();
    }
}
