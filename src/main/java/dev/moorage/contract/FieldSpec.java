package dev.moorage.contract;

/**
 * One field of an answer.
 *
 * @param path from the top of the answer; {@code []} marks a list
 * @param type {@code String}, {@code Integer}, {@code Number} or {@code Boolean}
 */
public record FieldSpec(String path, String type) {}
