package dev.moorage.load;

import java.util.Map;

/** A call as it is meant: who signs it adds the rest. */
public record Asked(String action, Map<String, String> parameters) {}
