package dev.moorage.domain;

import org.jspecify.annotations.Nullable;

/**
 * What disks and instances are being brought back to.
 *
 * @param account whose; null for everybody's
 * @param point to this point; null for what a server starts with
 */
public record Restoring(@Nullable String account, @Nullable SavedPoint point) {}
