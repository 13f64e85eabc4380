package dev.moorage.replay;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** How many: an option's value from 0 up. */
final class WholeNumber implements ITypeConverter<Long> {
    @Override
    public Long convert(String text) {
        if (!text.matches("\\d{1,18}")) {
            throw new TypeConversionException("a whole number was expected, not " + text);
        }
        return Long.valueOf(text);
    }
}
