package dev.moorage.contract;

import org.jspecify.annotations.Nullable;

/**
 * One request parameter.
 *
 * @param name as on the wire; {@code N} stands for the index of a list
 * @param missing the code for its absence, where it is not the usual one
 * @param note what Moorage does with it, where that is less than the vendor does
 */
public record ParameterSpec(
        String name,
        Type type,
        boolean required,
        @Nullable String missing,
        @Nullable String note) {

    public enum Type {
        String,
        Integer,
        /** A number that need not be whole. */
        Decimal,
        Boolean,
        /** A JSON array of strings in one parameter. */
        JsonArray
    }

    public boolean isList() {
        return name.contains(".N");
    }
}
