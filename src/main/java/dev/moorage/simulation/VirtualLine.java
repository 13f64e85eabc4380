package dev.moorage.simulation;

import dev.moorage.load.Answer;
import dev.moorage.load.Asked;
import dev.moorage.load.Errand;
import dev.moorage.load.Line;
import java.util.ArrayDeque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SplittableRandom;

/** So many connections to the front door, over a network of some tenths of a millisecond. */
final class VirtualLine implements Line {
    private static final long LEAST_NANOS = 100_000;
    private static final long MOST_NANOS = 300_000;

    private final Front front;
    private final VirtualTime time;
    private final SplittableRandom chance;
    private final int connections;
    private final ArrayDeque<Errand> waiting = new ArrayDeque<>();
    private final LinkedHashSet<Sent> busy = new LinkedHashSet<>();

    /** Each is another, whatever is in it. */
    private static final class Sent {
        private final Errand errand;
        private final long at;

        private Sent(Errand errand, long at) {
            this.errand = errand;
            this.at = at;
        }
    }

    VirtualLine(Front front, VirtualTime time, SplittableRandom chance, int connections) {
        this.front = front;
        this.time = time;
        this.chance = chance;
        this.connections = connections;
    }

    @Override
    public void send(Errand errand) {
        waiting.add(errand);
        if (busy.size() < connections) time.execute(this::next);
    }

    private void next() {
        if (busy.size() >= connections || waiting.isEmpty()) return;
        var sent = new Sent(waiting.remove(), time.nanos());
        busy.add(sent);
        var asked = sent.errand.asked();
        time.schedule(way(), () -> arrive(asked, sent));
    }

    private void arrive(Asked asked, Sent sent) {
        front.call(asked.action(), asked.parameters(), reply -> time.schedule(way(), () -> end(sent, answer(reply))));
    }

    private long way() {
        return chance.nextLong(LEAST_NANOS, MOST_NANOS);
    }

    private static Answer answer(Front.Reply reply) {
        if (reply.isLost()) return Answer.none(Answer.RESET);
        return reply.body() == null ? Answer.refused(reply.code()) : Answer.good(reply.body());
    }

    private void end(Sent sent, Answer answer) {
        if (!busy.remove(sent)) return;
        sent.errand.done(answer);
        next();
    }

    @Override
    public int inFlight() {
        return busy.size() + waiting.size();
    }

    @Override
    public void giveUp(long now) {
        for (var sent : List.copyOf(busy)) {
            if (now - sent.at < PATIENCE.toNanos()) break;
            end(sent, Answer.none(Answer.TIMEOUT));
        }
    }

    @Override
    public void close() {
        for (var sent : List.copyOf(busy)) {
            busy.remove(sent);
            sent.errand.done(Answer.none(Answer.UNANSWERED));
        }
        while (!waiting.isEmpty()) waiting.remove().done(Answer.none(Answer.UNANSWERED));
    }
}
