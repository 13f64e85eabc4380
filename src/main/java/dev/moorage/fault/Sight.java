package dev.moorage.fault;

import dev.moorage.domain.Disk;
import dev.moorage.domain.Incident;
import dev.moorage.domain.Instance;
import dev.moorage.domain.LockReason;
import dev.moorage.domain.Progression;
import dev.moorage.domain.Rule;
import dev.moorage.view.AccountView;
import dev.moorage.view.Lens;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a call gets to see by a rule that is for readers. */
public final class Sight {
    private final Lens lens;

    /** Of a call that comes in now. */
    public Sight(Rule rule, World world, Instant now) {
        var effect = rule.effect();
        var match = rule.match();
        var begun = world.controls().incident(rule.incident()).map(Incident::begunAt);
        this.lens = new Lens(
                disk -> Matching.fitsThings(match, disk, on(disk, world)),
                instance -> Matching.fitsThings(match, null, instance),
                ago(effect.statusLag(), now),
                ago(effect.stale(), now),
                lock(effect.lock()),
                effect.systemEvent().isEmpty() ? null : new Lens.Happening(effect.systemEvent(), begun.orElse(now)));
    }

    private static @Nullable Instance on(Disk disk, World world) {
        var attachment = disk.attachment();
        return attachment == null ? null : world.instance(attachment.instanceId());
    }

    private static @Nullable Instant ago(String text, Instant now) {
        return text.isEmpty() ? null : now.minus(Progression.duration(text).orElseThrow());
    }

    private static @Nullable LockReason lock(String text) {
        return Arrays.stream(LockReason.values())
                .filter(reason -> reason.wire().equals(text))
                .findFirst()
                .orElse(null);
    }

    public AccountView of(AccountView view) {
        return view.through(lens);
    }

    /** Whether it is of any account for a call that names what it is about. One that reads a list sees for itself. */
    boolean isOfAccount(Subject subject, World world) {
        if (subject.isAboutSeveral()) return true;
        var plain = world.of(subject.account());
        var disk = subject.disk();
        if (disk != null) return !Objects.equals(plain.through(lens).disk(disk.id()), plain.disk(disk.id()));
        var instance = subject.instance();
        if (instance == null) return true;
        return lens.happening() != null
                ? lens.instances().test(instance)
                : lens.allAt() != null
                        || lens.statusAt() != null
                        || !Objects.equals(plain.through(lens).instance(instance.id()), plain.instance(instance.id()));
    }
}
