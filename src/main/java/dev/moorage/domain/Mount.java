package dev.moorage.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place of a disk on an instance.
 *
 * @param attachedAt since when; null while it is being attached there
 */
public record Mount(Attachment attachment, @Nullable Instant attachedAt) {}
