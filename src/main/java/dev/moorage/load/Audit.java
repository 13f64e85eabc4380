package dev.moorage.load;

import java.util.ArrayDeque;
import java.util.List;

/** What must hold whatever the weather was, looked at from the outside. */
public final class Audit {
    private Audit() {}

    public static List<Report.Invariant> of(Stage stage, Driver.Ran ran, Inventory before, Inventory after) {
        var lost = new Broken();
        var twice = new Broken();
        var notEnded = new Broken();
        var notAttached = new Broken();
        long detaches = 0;
        long attaches = 0;
        for (String id : before.disks().keySet()) if (!after.disks().containsKey(id)) lost.add(id);
        after.disks().forEach((id, disk) -> {
            if (disk.attachments() > 1) twice.add(id);
        });
        for (int disk = 0; disk < stage.diskIds().length; disk++) {
            String id = stage.diskIds()[disk];
            var entry = after.disks().get(id);
            // When a run was stopped, nobody has waited for those.
            boolean isUnderWay =
                    ran.stopped() && entry != null && entry.status().equals("Detaching");
            if (ran.acceptedDetach()[disk] && !isUnderWay) {
                detaches++;
                boolean ended = entry != null
                        && entry.status().equals("Available")
                        && entry.instanceId().isEmpty();
                if (!ended) notEnded.add(id);
            }
            if (ran.acceptedAttach()[disk]) {
                attaches++;
                if (entry == null || entry.instanceId().isEmpty()) notAttached.add(id);
            }
        }
        return List.of(
                lost.of("no disk is lost", before.disks().size()),
                twice.of("no disk is on two instances", after.disks().size()),
                notEnded.of("every detach that was accepted has ended", detaches),
                notAttached.of("every attach that was accepted is seen", attaches));
    }

    private static final class Broken {
        private static final int SHOWN = 5;
        private final ArrayDeque<String> examples = new ArrayDeque<>();
        private long count;

        void add(String id) {
            count++;
            if (examples.size() < SHOWN) examples.add(id);
        }

        Report.Invariant of(String promise, long checked) {
            return new Report.Invariant(promise, checked, count, List.copyOf(examples));
        }
    }
}
