package dev.moorage.action;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.Instance;
import dev.moorage.view.World;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a change of a disk comes to, by its rules alone: in the order in which the actors ask them.
 *
 * @param rejection null if nothing rejects it
 */
record Verdict(@Nullable Rejection rejection, List<DiskEvent> events) {
    private static final Conditions CONDITIONS = Examples.conditions(Compatibility.Y2018);

    static Verdict of(Change change, Disk disk, Instance instance) {
        return of(change, Examples.world(disk, instance), disk, instance);
    }

    /** In a world where there is more than the disk and the instance. */
    static Verdict of(Change change, World world, Disk disk, Instance instance) {
        var view = world.of(Examples.ACCOUNT);
        var known = change.check(view);
        if (known.isPresent()) return rejected((Rejection) known.get());
        return ofRouted(change.routed(view), disk, instance);
    }

    private static Verdict ofRouted(Change change, Disk disk, Instance instance) {
        if (change instanceof Batch batch) return ofRouted(batch.parts().get(0), disk, instance);
        if (change instanceof InstanceChange passing) {
            var admission = passing.admit(instance, CONDITIONS);
            if (admission instanceof Admission.Rejected no) return rejected(no.rejection());
            return ofRouted(((Admission.PassedOn) admission).to(), disk);
        }
        return ofRouted((DiskChange) change, disk);
    }

    private static Verdict ofRouted(DiskChange change, Disk disk) {
        var decision = change.decide(disk, CONDITIONS);
        return decision instanceof Decision.Rejected no
                ? rejected(no.rejection())
                : new Verdict(null, ((Decision.Accepted) decision).events());
    }

    private static Verdict rejected(Rejection rejection) {
        return new Verdict(rejection, List.of());
    }

    /** The code of the rejection; null if nothing rejects it. */
    @Nullable ErrorCode code() {
        return Optional.ofNullable(rejection).map(Rejection::code).orElse(null);
    }
}
