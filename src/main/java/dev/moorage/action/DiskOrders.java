package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Transition;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the disks of an instance are to do because of what the instance is: be made with it, or go with it. Told again,
 * after a restart say, a disk that has done it does nothing.
 */
public final class DiskOrders {
    private DiskOrders() {}

    public static List<ForDisk> of(Instance instance) {
        Stream<ForDisk> replaced = instance.leaving().stream().map(slot -> new Replaced(slot.diskId(), instance.id()));
        // An instance that runs has forgotten what disks it was to have: they are there.
        Stream<ForDisk> others = instance.isReleased()
                ? instance.slots().stream().map(slot -> letGo(instance, slot))
                : instance.slots().stream()
                        .flatMap(slot ->
                                Optional.ofNullable(slot.plan()).stream().map(plan -> make(instance, slot, plan)));
        return Stream.concat(replaced, others).toList();
    }

    private static ForDisk letGo(Instance instance, Slot slot) {
        return new LetGo(slot.diskId(), instance.id(), instance.isLockedForSecurity());
    }

    private static ForDisk make(Instance instance, Slot slot, Slot.Plan plan) {
        var creation = instance.transition();
        var attachment = new Attachment(instance.id(), slot.device(), slot.reservation());
        return new Make(
                slot.diskId(), plan, attachment, Optional.ofNullable(creation).map(Transition::due));
    }

    /**
     * A disk that is made together with its instance is ready when the instance is.
     *
     * @param due when that is; empty for a disk that comes later
     */
    private record Make(DiskId diskId, Slot.Plan plan, Attachment attachment, Optional<Instant> due)
            implements DiskCreation {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return Optional.empty();
        }

        @Override
        public DiskEvent create(Conditions conditions) {
            return new DiskEvent.Creating(
                    conditions.story(),
                    diskId,
                    plan.spec(),
                    plan.deleteWithInstance(),
                    attachment,
                    due.orElseGet(() -> conditions.due("ReplaceSystemDisk")));
        }
    }

    /** A system disk whose place another one has taken goes, whatever its DeleteWithInstance says. */
    private record Replaced(DiskId diskId, InstanceId instanceId) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return Optional.of(success());
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            // A detach that has begun finishes by itself.
            return disk.isAttachedTo(instanceId) && disk.status() != DiskStatus.DETACHING
                    ? Decision.accept(new DiskEvent.Released(conditions.story()))
                    : Decision.accept();
        }
    }

    /**
     * A disk of a released instance goes with it or stays, by its DeleteWithInstance. With an instance that was locked
     * for security all its disks go.
     */
    private record LetGo(DiskId diskId, InstanceId instanceId, boolean releaseAll) implements DiskChange {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return Optional.of(success());
        }

        @Override
        public Decision decide(Disk disk, Conditions conditions) {
            if (!disk.isAttachedTo(instanceId)) return Decision.accept();
            // A detach that has begun finishes by itself.
            if (disk.isInFocus(instanceId) && disk.status() == DiskStatus.DETACHING) return Decision.accept();
            // On other instances it is of use yet.
            boolean goes = disk.others().isEmpty() && (releaseAll || disk.deleteWithInstance());
            return Decision.accept(
                    goes
                            ? new DiskEvent.Released(conditions.story())
                            : new DiskEvent.Outlived(conditions.story(), disk.told(instanceId)));
        }
    }
}
