package dev.moorage.action;

import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.DiskEvent;
import java.util.List;

/** What a disk says to a change. */
public sealed interface Decision {
    record Accepted(List<DiskEvent> events) implements Decision {}

    record Rejected(Rejection rejection) implements Decision {}

    static Decision accept(DiskEvent... events) {
        return new Accepted(List.of(events));
    }

    static Decision reject(ErrorCode code) {
        return new Rejected(Rejection.of(code));
    }

    static Decision reject(ErrorCode code, String parameter) {
        return new Rejected(Rejection.of(code, parameter));
    }
}
