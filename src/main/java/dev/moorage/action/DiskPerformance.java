package dev.moorage.action;

import dev.moorage.domain.DiskSpec;
import java.util.HashMap;
import java.util.Map;

/**
 * How fast a disk is at most, by the vendor's formulas.
 *
 * @param readThroughput in MB/s, like the one for writing
 */
record DiskPerformance(int readIops, int writeIops, int readThroughput, int writeThroughput) {
    private static final int PROVISIONED_KB = 16;
    private static final int MAX_PROVISIONED_IOPS = 50_000;
    private static final int IOPS_PER_GIB = 1_000;
    /** A smaller disk has its baseline and no more. */
    private static final int MIN_GIB_FOR_MORE = 4;

    private static final DiskPerformance UNKNOWN = new DiskPerformance(0, 0, 0, 0);

    /** Grows with the size from a base, and stays between a floor and a ceiling. */
    private record Line(double floor, double base, double perGiB, double ceiling) {
        int at(int sizeGiB) {
            return (int) Math.max(floor, Math.min(base + perGiB * sizeGiB, ceiling));
        }
    }

    private record Formula(Line readIops, Line writeIops, Line readThroughput, Line writeThroughput) {
        DiskPerformance at(int sizeGiB) {
            return new DiskPerformance(
                    readIops.at(sizeGiB),
                    writeIops.at(sizeGiB),
                    readThroughput.at(sizeGiB),
                    writeThroughput.at(sizeGiB));
        }
    }

    /** By category, followed by the performance level where there is one. */
    private static final Map<String, Formula> FORMULAS = new HashMap<>();

    static {
        // Of these the documents say "several hundred" and "30 to 40".
        formula("cloud", new Line(0, 300, 0, 300), new Line(0, 40, 0, 40));
        formula("cloud_efficiency", new Line(0, 1_800, 8, 5_000), new Line(0, 100, 0.15, 140));
        formula("cloud_ssd", new Line(0, 1_800, 30, 25_000), new Line(0, 120, 0.5, 300));
        formula("cloud_essd_entry", new Line(0, 1_800, 8, 6_000), new Line(0, 100, 0.15, 150));
        formula("cloud_essdPL0", new Line(0, 1_800, 12, 10_000), new Line(0, 100, 0.25, 180));
        formula("cloud_essdPL1", new Line(0, 1_800, 50, 50_000), new Line(0, 120, 0.5, 350));
        formula("cloud_essdPL2", new Line(0, 1_800, 50, 100_000), new Line(0, 120, 0.5, 750));
        formula("cloud_essdPL3", new Line(0, 1_800, 50, 1_000_000), new Line(0, 120, 0.5, 4_000));
        formula("cloud_auto", new Line(3_000, 1_800, 50, 50_000), new Line(125, 120, 0.5, 350));
        formula("cloud_regional_disk_auto", new Line(3_000, 1_800, 50, 50_000), new Line(125, 120, 0.5, 350));
        FORMULAS.put(
                "elastic_ephemeral_disk_standard",
                new Formula(
                        new Line(0, 0, 100, 820_000),
                        new Line(0, 0, 20, 160_000),
                        new Line(0, 0, 0.4, 3_280),
                        new Line(0, 0, 0.2, 1_640)));
        FORMULAS.put(
                "elastic_ephemeral_disk_premium",
                new Formula(
                        new Line(0, 0, 300, 1_000_000),
                        new Line(0, 0, 150, 500_000),
                        new Line(0, 0, 1.6, 4_096),
                        new Line(0, 0, 1, 2_048)));
    }

    private static void formula(String kind, Line iops, Line throughput) {
        FORMULAS.put(kind, new Formula(iops, iops, throughput, throughput));
    }

    static DiskPerformance of(DiskSpec spec) {
        var base = baseline(spec.category(), spec.performanceLevel(), spec.sizeGiB());
        int moreIops = Math.toIntExact(spec.provisionedIops());
        int moreThroughput = PROVISIONED_KB * moreIops / 1_024;
        return new DiskPerformance(
                base.readIops + moreIops,
                base.writeIops + moreIops,
                base.readThroughput + moreThroughput,
                base.writeThroughput + moreThroughput);
    }

    /** Of local disks nothing is known: it depends on the host. */
    private static DiskPerformance baseline(String category, String performanceLevel, int sizeGiB) {
        var formula = FORMULAS.get(category + performanceLevel);
        return formula == null ? UNKNOWN : formula.at(sizeGiB);
    }

    /** So many IOPS can be had beyond what the size gives. */
    static int maxProvisionedIops(String category, int sizeGiB) {
        if (!category.equals(DiskCategories.AUTO) || !takesMore(sizeGiB)) return 0;
        return Math.max(
                0, Math.min(IOPS_PER_GIB * sizeGiB - baseline(category, "", sizeGiB).readIops, MAX_PROVISIONED_IOPS));
    }

    /** Is large enough for provisioned IOPS and for bursts. */
    static boolean takesMore(int sizeGiB) {
        return sizeGiB >= MIN_GIB_FOR_MORE;
    }

    /** Of reading and writing together: they share one limit, or the higher one counts. */
    int iops() {
        return Math.max(readIops, writeIops);
    }

    int throughput() {
        return Math.max(readThroughput, writeThroughput);
    }
}
