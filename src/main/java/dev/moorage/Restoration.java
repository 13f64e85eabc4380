package dev.moorage;

import dev.moorage.domain.Controls;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Story;
import dev.moorage.view.Listed;
import dev.moorage.view.World;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the disks and instances of a scope are to be. */
record Restoration(Scope scope, Map<InstanceId, Instance> instances, Map<DiskId, Disk> disks) {

    /** Those of a world, in their order there; what is under way in it ends so much later. */
    static Restoration to(World wanted, Scope scope, Duration later) {
        var instances = new LinkedHashMap<InstanceId, Instance>();
        inOrder(wanted.placedInstances()).forEach(instance -> instances.put(instance.id(), instance.later(later)));
        var disks = new LinkedHashMap<DiskId, Disk>();
        inOrder(wanted.placedDisks()).forEach(disk -> disks.put(disk.id(), disk.later(later)));
        return new Restoration(scope, instances, disks);
    }

    /** What was held up by incidents that are over by now ends now: nobody could end them once more. */
    Restoration freed(Controls controls, Instant now) {
        var freedInstances = new LinkedHashMap<>(instances);
        freedInstances.replaceAll((id, instance) -> instance.freed(incident -> isOver(incident, controls), now));
        var freedDisks = new LinkedHashMap<>(disks);
        freedDisks.replaceAll((id, disk) -> disk.freed(incident -> isOver(incident, controls), now));
        return new Restoration(scope, freedInstances, freedDisks);
    }

    private static boolean isOver(String incident, Controls controls) {
        return controls.incident(incident).isEmpty();
    }

    private static <T> Stream<T> inOrder(Stream<Listed<T>> things) {
        return things.sorted(Comparator.<Listed<T>>comparingLong(Listed::place)).map(Listed::thing);
    }

    /** What has to happen for it: nothing to what is so already. */
    List<Fleet.Birth> facts(World world, Story story) {
        var facts = new ArrayList<Fleet.Birth>();
        world.disks()
                .filter(disk -> scope.has(disk.id(), disk.spec().account()) && !disks.containsKey(disk.id()))
                .sorted(Comparator.comparing(Disk::id))
                .forEach(disk -> facts.add(new Fleet.Birth(disk.id(), new DiskEvent.Restored(story, null))));
        world.instances()
                .filter(instance ->
                        scope.has(instance.id(), instance.spec().account()) && !instances.containsKey(instance.id()))
                .sorted(Comparator.comparing(Instance::id))
                .forEach(
                        instance -> facts.add(new Fleet.Birth(instance.id(), new InstanceEvent.Restored(story, null))));
        instances.values().forEach(wanted -> {
            var is = world.instance(wanted.id());
            if (!scope.has(wanted.id(), wanted.spec().account()) || wanted.equals(is)) return;
            facts.add(new Fleet.Birth(wanted.id(), new InstanceEvent.Restored(story, wanted)));
        });
        disks.values().forEach(wanted -> {
            var is = world.disk(wanted.id());
            if (!scope.has(wanted.id(), wanted.spec().account()) || wanted.equals(is)) return;
            facts.add(new Fleet.Birth(wanted.id(), new DiskEvent.Restored(story, wanted)));
        });
        return facts;
    }
}
