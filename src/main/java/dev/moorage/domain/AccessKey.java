package dev.moorage.domain;

import org.jspecify.annotations.Nullable;

/**
 * A key, or a pattern for keys, that callers may use.
 *
 * @param id one that ends in {@code *} stands for all that begin so
 * @param account the owner; null where the key says whose it is
 */
public record AccessKey(String id, String secret, @Nullable String account) {}
