package dev.moorage.simulation;

import dev.moorage.domain.EntityId;
import org.jspecify.annotations.Nullable;

/** A promise that was not kept. */
final class Broken extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final Promise promise;
    private final transient @Nullable EntityId about;

    Broken(Promise promise, @Nullable EntityId about, String how) {
        super(how, null, false, false);
        this.promise = promise;
        this.about = about;
    }

    Promise promise() {
        return promise;
    }

    /** Whose history shows it, if one does. */
    @Nullable EntityId about() {
        return about;
    }
}
