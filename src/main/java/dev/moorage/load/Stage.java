package dev.moorage.load;

import java.util.ArrayList;
import java.util.Arrays;

/**
 * The disks that a run goes over, in columns.
 *
 * @param instanceIds of each disk: where it is, or where it is to be attached
 * @param isAttached of each disk, at first
 */
public record Stage(String region, String zone, String[] diskIds, String[] instanceIds, boolean[] isAttached) {

    /** Those that are at rest: on an instance, or to be attached to one that there is. */
    public static Stage of(Inventory inventory, String region) {
        String home = "";
        for (var disk : inventory.disks().values()) if (disk.isAttached()) home = disk.instanceId();
        String zone = "";
        var ids = new ArrayList<String>();
        var instances = new ArrayList<String>();
        for (var disk : inventory.disks().entrySet()) {
            var entry = disk.getValue();
            boolean isFree = entry.status().equals("Available") && !home.isEmpty();
            if (!entry.isAttached() && !isFree) continue;
            ids.add(disk.getKey());
            instances.add(entry.isAttached() ? entry.instanceId() : home);
            zone = entry.zone();
        }
        var isAttached = new boolean[ids.size()];
        for (int disk = 0; disk < isAttached.length; disk++) {
            var entry = inventory.disks().get(ids.get(disk));
            isAttached[disk] = entry != null && entry.isAttached();
        }
        return new Stage(region, zone, ids.toArray(String[]::new), instances.toArray(String[]::new), isAttached);
    }

    public int attached() {
        int attached = 0;
        for (boolean is : isAttached) if (is) attached++;
        return attached;
    }

    public int instances() {
        return (int) Arrays.stream(instanceIds).distinct().count();
    }
}
