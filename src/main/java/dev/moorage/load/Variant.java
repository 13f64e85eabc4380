package dev.moorage.load;

/** A run beside others, by the name that tells it from them. */
public record Variant(String name, Report report) {}
