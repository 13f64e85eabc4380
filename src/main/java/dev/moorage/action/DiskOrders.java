package dev.moorage.action;

import dev.moorage.contract.Outcome;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Slot;
import dev.moorage.domain.Transition;
import dev.moorage.view.AccountView;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What the disks of an instance are to do because of what the instance is: be made with it, or go with it. Told again,
 * after a restart say, a disk that has done it does nothing.
 */
public final class DiskOrders {
    private DiskOrders() {}

    public static List<ForDisk> of(Instance instance) {
        if (instance.isReleased()) {
            return instance.slots().stream().map(slot -> letGo(instance, slot)).toList();
        }
        // An instance that starts for the first time still knows what disks it was to have.
        if (instance.status() == InstanceStatus.PENDING || instance.status() == InstanceStatus.STARTING) {
            return instance.slots().stream()
                    .flatMap(slot -> Optional.ofNullable(slot.plan()).stream().map(plan -> make(instance, slot, plan)))
                    .toList();
        }
        return List.of();
    }

    private static ForDisk letGo(Instance instance, Slot slot) {
        return new LetGo(slot.diskId(), instance.id(), instance.isLockedForSecurity());
    }

    private static ForDisk make(Instance instance, Slot slot, Slot.Plan plan) {
        Transition creation = Objects.requireNonNull(instance.transition());
        var attachment = new Attachment(instance.id(), slot.device(), slot.reservation());
        return new Make(slot.diskId(), plan, attachment, creation.due());
    }

    /** A disk that is made together with its instance is ready when the instance is. */
    private record Make(DiskId diskId, Slot.Plan plan, Attachment attachment, Instant due) implements DiskCreation {
        @Override
        public Optional<Outcome> check(AccountView view) {
            return Optional.empty();
        }

        @Override
        public DiskEvent create(Conditions conditions) {
            return new DiskEvent.Creating(
                    conditions.story(), diskId, plan.spec(), plan.deleteWithInstance(), attachment, due);
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
            // A detach that has begun finishes by itself.
            if (!disk.isAttachedTo(instanceId) || disk.status() == DiskStatus.DETACHING) return Decision.accept();
            return releaseAll || disk.deleteWithInstance()
                    ? Decision.accept(new DiskEvent.Released(conditions.story()))
                    : Decision.accept(new DiskEvent.Outlived(conditions.story()));
        }
    }
}
