package dev.moorage;

import dev.moorage.domain.EntityId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a restoration is about; the rest stays as it is.
 *
 * @param account whose; null for everybody's
 * @param only of those; null for of all
 */
record Scope(@Nullable String account, @Nullable Set<EntityId> only) {
    static Scope of(@Nullable String account) {
        return new Scope(account, null);
    }

    boolean has(EntityId id, String owner) {
        return (account == null || account.equals(owner)) && (only == null || only.contains(id));
    }
}
