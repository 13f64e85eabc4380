package dev.moorage.benchmark;

import java.io.IOException;
import java.util.List;

/** Whether a call costs more where there are more disks. */
record GrowthPart(List<Integer> fleets, int asked) implements Part {
    private static String name(int disks) {
        return String.format("growth: %,d disks", disks);
    }

    /** A round takes minutes. */
    @Override
    public int mostRounds() {
        return 5;
    }

    @Override
    public void round(Runs runs) throws IOException, InterruptedException {
        for (int disks : fleets) runs.runAlone(name(disks), directory -> new Growth(directory, disks, asked));
    }

    /** Cost is the inverse of a rate, so the smallest fleet is compared with the others. */
    private Claim cost(int disks, String figure) {
        return new Claim(name(fleets.get(0)), name(disks), figure);
    }

    @Override
    public List<Claim> claims() {
        return fleets.stream().map(disks -> cost(disks, Growth.AWAKE)).toList();
    }

    @Override
    public List<Table> tables(Runs runs) {
        var table = new Table(
                String.format("Cost of a call to one of %,d disks, as a multiple of that in the smallest fleet", asked),
                List.of(
                        "disks",
                        "DetachDisk, asleep",
                        "DetachDisk, awake",
                        "DescribeDisks",
                        "heap MB",
                        "bytes a disk"));
        var smallest = fleets.get(0);
        for (int disks : fleets) {
            var live = runs.median(name(disks), Growth.BYTES);
            var least = runs.median(name(smallest), Growth.BYTES);
            table.row(List.of(
                    String.format("%,d", disks),
                    Table.number(runs.ratio(cost(disks, Growth.ASLEEP))),
                    Table.number(runs.ratio(cost(disks, Growth.AWAKE))),
                    Table.number(runs.ratio(cost(disks, Growth.DESCRIBE))),
                    live.isPresent() ? Table.number(live.getAsDouble() / 1e6) : "-",
                    disks > smallest && live.isPresent() && least.isPresent()
                            ? Table.number((live.getAsDouble() - least.getAsDouble()) / (disks - smallest))
                            : "-"));
        }
        return List.of(table);
    }
}
