package dev.moorage.http;

import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.InstanceId;

/** Ids of what has a history of its own, as callers of the admin door write them. */
final class EntityIds {
    private EntityIds() {}

    static EntityId of(String text) {
        if (text.startsWith("d-")) return new DiskId(text);
        if (text.startsWith("i-")) return new InstanceId(text);
        throw new AdminRefusal(400, "entity is the id of a disk or an instance, d-… or i-…, not " + text);
    }
}
