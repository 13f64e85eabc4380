package dev.moorage.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.PriorityQueue;

/**
 * The disks that a run goes over, in columns.
 *
 * @param instanceIds of each disk: where it is, or where it is to be attached
 * @param isAttached of each disk, at first
 */
public record Stage(String region, String zone, String[] diskIds, String[] instanceIds, boolean[] isAttached) {

    /** The vendor's limit of data disks on an instance. */
    private static final int MOST_DISKS = 16;

    /** An instance, and how many disks it is to have. */
    private record Place(String instanceId, int disks) {}

    /** Those that are at rest: on an instance, or to be attached to one in their zone that has room. */
    public static Stage of(Inventory inventory, String region) {
        var rooms = rooms(inventory);
        String zone = "";
        var ids = new ArrayList<String>();
        var instances = new ArrayList<String>();
        for (var disk : inventory.disks().entrySet()) {
            var entry = disk.getValue();
            String instance = entry.isAttached() ? entry.instanceId() : place(entry, rooms);
            if (instance.isEmpty()) continue;
            ids.add(disk.getKey());
            instances.add(instance);
            zone = entry.zone();
        }
        var isAttached = new boolean[ids.size()];
        for (int disk = 0; disk < isAttached.length; disk++) {
            var entry = inventory.disks().get(ids.get(disk));
            isAttached[disk] = entry != null && entry.isAttached();
        }
        return new Stage(region, zone, ids.toArray(String[]::new), instances.toArray(String[]::new), isAttached);
    }

    /** By zone, those with the fewest disks first. */
    private static Map<String, PriorityQueue<Place>> rooms(Inventory inventory) {
        var counts = new LinkedHashMap<String, Integer>();
        var zones = new HashMap<String, String>();
        for (var disk : inventory.disks().values()) {
            if (!disk.isAttached()) continue;
            counts.merge(disk.instanceId(), 1, Integer::sum);
            zones.put(disk.instanceId(), disk.zone());
        }
        var rooms = new HashMap<String, PriorityQueue<Place>>();
        counts.forEach((instance, disks) -> rooms.computeIfAbsent(
                        zones.get(instance),
                        zone -> new PriorityQueue<>(
                                Comparator.comparingInt(Place::disks).thenComparing(Place::instanceId)))
                .add(new Place(instance, disks)));
        return rooms;
    }

    /** Takes the room of a free disk; empty if there is none, or the disk is not free. */
    private static String place(Inventory.Entry disk, Map<String, PriorityQueue<Place>> rooms) {
        var places = rooms.get(disk.zone());
        if (places == null || !disk.status().equals("Available")) return "";
        var place = places.remove();
        if (place.disks() >= MOST_DISKS) {
            places.add(place);
            return "";
        }
        places.add(new Place(place.instanceId(), place.disks() + 1));
        return place.instanceId();
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
