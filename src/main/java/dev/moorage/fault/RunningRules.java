package dev.moorage.fault;

import dev.moorage.contract.Call;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Rule;
import dev.moorage.view.Listed;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * The rules that are in force, and what has to be remembered between two calls: how many a rule had, and which are on
 * their way.
 */
public final class RunningRules {
    /** Calls whose outcome the world does not show yet, by the rule that counts them. */
    private record Way(String rule, InstanceId instance) {}

    /** What happens to a call. Whoever has one says when the call has been answered. */
    public static final class Verdict {
        private final Subject subject;
        private final Optional<Rule> rule;
        private final Runnable leave;

        private Verdict(Subject subject, Optional<Rule> rule, Runnable leave) {
            this.subject = subject;
            this.rule = rule;
            this.leave = leave;
        }

        public Subject subject() {
            return subject;
        }

        /** The rule that applies, if any does. */
        public Optional<Rule> rule() {
            return rule;
        }

        /** The world shows by now what has come of the call. */
        public void leave() {
            leave.run();
        }
    }

    private final World world;
    private final long seed;
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final Map<String, Random> chances = new ConcurrentHashMap<>();
    private final Map<Way, Set<DiskId>> onTheWay = new HashMap<>();
    /** The rules of the last call. The controls keep the same list while they have the same rules. */
    private volatile List<Rule> judged = List.of();

    /** For a world; {@code seed} decides which calls a share is. */
    public RunningRules(World world, long seed) {
        this.world = world;
        this.seed = seed;
    }

    /** What happens to a call that comes in now; nothing to say if there are no rules. */
    public Optional<Verdict> judge(Call call, Instant now) {
        var rules = world.controls().rules();
        if (rules != judged) forgetAllBut(rules);
        if (rules.isEmpty()) return Optional.empty();
        var subject = Subject.of(call, world);
        var ways = new HashSet<Way>();
        Optional<Rule> applied = Optional.empty();
        for (var rule : rules) {
            // Those were counted before the call came this far.
            if (rule.limits().perMinute() != null) continue;
            if (!rule.limits().isIn(now) || !fits(rule, subject, now)) continue;
            if (rule.match().others() > 0 && !othersAreThere(rule, subject, ways)) continue;
            if (!isOneOfTheShare(rule) || !isOneOfTheCount(rule)) continue;
            applied = Optional.of(rule);
            break;
        }
        return Optional.of(new Verdict(subject, applied, () -> leave(ways, subject)));
    }

    private boolean fits(Rule rule, Subject subject, Instant now) {
        return rule.effect().isForReaders()
                ? Matching.fitsCall(rule.match(), subject) && new Sight(rule, world, now).isOfAccount(subject, world)
                : Matching.fits(rule.match(), subject);
    }

    /** Ids are not given twice. */
    private void forgetAllBut(List<Rule> rules) {
        var ids = rules.stream().map(Rule::id).collect(Collectors.toSet());
        counts.keySet().retainAll(ids);
        chances.keySet().retainAll(ids);
        judged = rules;
    }

    /** How many rules there is something to remember of. */
    int remembered() {
        return counts.size() + chances.size();
    }

    /** Those that are on their way there count too, or several at once would not see each other. */
    private boolean othersAreThere(Rule rule, Subject subject, Set<Way> ways) {
        var instance = subject.instance();
        if (instance == null) return false;
        var way = new Way(rule.id(), instance.id());
        var self = subject.disk();
        synchronized (onTheWay) {
            var others = new HashSet<>(onTheWay.getOrDefault(way, Set.of()));
            world.ownerOf(instance.id())
                    .disksOn(instance.id())
                    .map(Listed::thing)
                    .filter(disk ->
                            rule.match().otherStatuses().contains(disk.status().wire()))
                    .forEach(disk -> others.add(disk.id()));
            if (self != null) others.remove(self.id());
            if (others.size() >= rule.match().others()) return true;
            if (self != null) {
                ways.add(way);
                onTheWay.computeIfAbsent(way, unseen -> new HashSet<>()).add(self.id());
            }
            return false;
        }
    }

    private void leave(Set<Way> ways, Subject subject) {
        var disk = subject.disk();
        if (disk == null) return;
        synchronized (onTheWay) {
            for (var way : ways) {
                onTheWay.computeIfPresent(way, (unchanged, disks) -> {
                    disks.remove(disk.id());
                    return disks.isEmpty() ? null : disks;
                });
            }
        }
    }

    private boolean isOneOfTheShare(Rule rule) {
        if (rule.limits().share() >= 1) return true;
        var chance = chances.computeIfAbsent(rule.id(), id -> new Random(31 * seed + id.hashCode()));
        return chance.nextDouble() < rule.limits().share();
    }

    private boolean isOneOfTheCount(Rule rule) {
        long most = rule.limits().count();
        if (most == 0) return true;
        long before = world.controls().applied().getOrDefault(rule.id(), 0L);
        long now = counts.merge(rule.id(), before + 1, (known, first) -> known + 1);
        return now <= most;
    }

    /** How many more calls a rule with a count is for. */
    public long left(Rule rule) {
        long before = world.controls().applied().getOrDefault(rule.id(), 0L);
        return Math.max(0, rule.limits().count() - counts.getOrDefault(rule.id(), before));
    }
}
