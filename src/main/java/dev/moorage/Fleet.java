package dev.moorage;

import dev.moorage.contract.AccessKeys;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Event;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.Story;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;

/**
 * What there is to begin with.
 *
 * @param origin the file that says so
 * @param accounts the keys that belong to it
 * @param owners instances, each with its disks
 * @param loose disks that are on no instance
 */
record Fleet(String origin, List<AccessKeys.Key> accounts, List<Owner> owners, List<Disk> loose) {
    /** An instance and the disks on it. */
    record Owner(Instance instance, List<Disk> disks) {}

    /** The first event of something. */
    record Birth(EntityId id, Event event) {}

    /**
     * What has to happen for the fleet to be there: an instance together with its disks. What is there already stays as
     * it is, whatever has become of it since.
     *
     * @throws FleetProblem if half of an instance is there
     */
    List<List<Birth>> births(World world, Story story) {
        var births = new ArrayList<List<Birth>>();
        for (var owner : owners) {
            boolean there = world.knows(owner.instance().id());
            for (var disk : owner.disks()) {
                if (world.knows(disk.id()) != there) {
                    throw new FleetProblem(
                            origin + ": " + (there ? owner.instance().id() : disk.id())
                                    + " is there already, without "
                                    + (there ? disk.id() : owner.instance().id())
                                    + ": a fleet adds whole instances only");
                }
            }
            if (there) continue;
            var together = new ArrayList<Birth>();
            together.add(new Birth(owner.instance().id(), new InstanceEvent.Provisioned(story, owner.instance())));
            owner.disks().forEach(disk -> together.add(birth(disk, story)));
            births.add(together);
        }
        for (var disk : loose) {
            if (!world.knows(disk.id())) births.add(List.of(birth(disk, story)));
        }
        return births;
    }

    private static Birth birth(Disk disk, Story story) {
        return new Birth(disk.id(), new DiskEvent.Provisioned(story, disk));
    }
}
