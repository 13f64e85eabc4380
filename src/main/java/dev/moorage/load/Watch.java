package dev.moorage.load;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.function.Function;

/** Asks for disks that are on their way until they have arrived, as the client does. On the driver's thread only. */
final class Watch {
    private static final int CALLS_AT_ONCE = 16;
    private static final Map<Verb, String> ON_ITS_WAY = Map.of(Verb.DETACH, "Detaching", Verb.ATTACH, "Attaching");
    private static final Map<Verb, String> ARRIVED = Map.of(Verb.DETACH, "Available", Verb.ATTACH, "In_use");

    /** Told of each that has arrived, and of none that went back. */
    interface Arrived {
        void at(int disk, Verb verb, long planned, long now);
    }

    private final Loop loop;
    private final Line line;
    private final Client client;
    private final Duration every;
    private final String[] diskIds;
    private final Function<List<String>, Asked> describe;
    private final Arrived arrived;
    private final Map<Integer, Watched> watched = new HashMap<>();
    private final PriorityQueue<Watched> due = new PriorityQueue<>((a, b) -> Long.compare(a.due, b.due));
    private int detaching;
    private int keptBack;
    private int underWay;
    private long calls;

    private static final class Watched {
        private final int disk;
        private final Verb verb;
        private final long planned;
        private long due;
        private int polls;
        private boolean wasOnItsWay;

        private Watched(int disk, Verb verb, long planned) {
            this.disk = disk;
            this.verb = verb;
            this.planned = planned;
        }
    }

    /** @param describe what asks for these disks */
    Watch(
            Loop loop,
            Line line,
            Client client,
            Duration every,
            String[] diskIds,
            Function<List<String>, Asked> describe,
            Arrived arrived) {
        this.loop = loop;
        this.line = line;
        this.client = client;
        this.every = every;
        this.diskIds = diskIds;
        this.describe = describe;
        this.arrived = arrived;
    }

    /** Begins with a disk, whose last known journey is forgotten. */
    void begin(int disk, Verb verb, long planned, long now) {
        forget(disk);
        var one = new Watched(disk, verb, planned);
        watched.put(disk, one);
        if (verb == Verb.DETACH) detaching++;
        queue(one, now);
    }

    int detaching() {
        return detaching;
    }

    /** Those that were detaching and are where they were. */
    int keptBack() {
        return keptBack;
    }

    boolean isEmpty() {
        return watched.isEmpty();
    }

    /** Requests that were sent. */
    long calls() {
        return calls;
    }

    /** Asks for all that are due, if not too many calls wait for their answers. */
    void poll(long now) {
        while (underWay < CALLS_AT_ONCE && isDue(now)) {
            var asked = new HashMap<String, Watched>();
            while (asked.size() < client.polledAtOnce() && isDue(now)) {
                var one = due.remove();
                if (watched.get(one.disk) == one) asked.put(diskIds[one.disk], one);
            }
            if (!asked.isEmpty()) ask(asked);
        }
    }

    private boolean isDue(long now) {
        var next = due.peek();
        return next != null && next.due <= now;
    }

    private void ask(Map<String, Watched> asked) {
        underWay++;
        calls++;
        var ids = new ArrayList<>(asked.keySet());
        line.send(new Errand() {
            @Override
            public Asked asked() {
                return describe.apply(ids);
            }

            @Override
            public void done(Answer answer) {
                underWay--;
                long now = loop.nanoTime();
                if (answer.error() == null) read(asked, answer.body(), now);
                for (var one : asked.values()) {
                    one.polls++;
                    if (watched.get(one.disk) == one) queue(one, now);
                }
            }
        });
    }

    private void read(Map<String, Watched> asked, JsonNode body, long now) {
        for (var disk : body.path("Disks").path("Disk")) {
            var one = asked.get(disk.path("DiskId").asText());
            if (one == null || watched.get(one.disk) != one) continue;
            String status = disk.path("Status").asText();
            if (status.equals(ON_ITS_WAY.get(one.verb))) {
                one.wasOnItsWay = true;
            } else if (status.equals(ARRIVED.get(one.verb))) {
                forget(one.disk);
                arrived.at(one.disk, one.verb, one.planned, now);
            } else if (one.wasOnItsWay) {
                // It is where it was. Before it was seen to leave, that may be what a reader sees late.
                forget(one.disk);
                if (one.verb == Verb.DETACH) keptBack++;
            }
        }
    }

    private void queue(Watched one, long now) {
        one.due = now + client.pollAfter(one.polls, every).toNanos();
        due.add(one);
    }

    private void forget(int disk) {
        var before = watched.remove(disk);
        if (before != null && before.verb == Verb.DETACH) detaching--;
    }
}
