package dev.moorage.action;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.InstanceEvent;
import java.util.List;

/** What an instance says to a change. */
public sealed interface Admission {
    record Rejected(Rejection rejection) implements Admission {}

    /** The facts first; then the disk decides, and answers. */
    record PassedOn(List<InstanceEvent> events, DiskChange to) implements Admission {}

    /** The facts first; then the disk is made, and answers. */
    record PassedOnToNewDisk(List<InstanceEvent> events, DiskCreation to) implements Admission {}

    /** The facts first; then what follows for the instance's disks; once they have done it, the instance answers. */
    record Decided(List<InstanceEvent> events) implements Admission {}

    static Admission reject(ErrorCode code) {
        return new Rejected(Rejection.of(code));
    }

    static Admission passOn(DiskChange to, InstanceEvent... events) {
        return new PassedOn(List.of(events), to);
    }

    static Admission make(DiskCreation to, InstanceEvent... events) {
        return new PassedOnToNewDisk(List.of(events), to);
    }

    static Admission decide(InstanceEvent... events) {
        return new Decided(List.of(events));
    }
}
