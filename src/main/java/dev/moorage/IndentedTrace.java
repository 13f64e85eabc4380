package dev.moorage;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import java.util.regex.Pattern;

/** Stack traces with every line but the first indented: the message of an exception cannot look like a log line. */
public final class IndentedTrace extends ThrowableProxyConverter {
    private static final Pattern BEFORE_A_LINE = Pattern.compile("\\R(?=.)", Pattern.DOTALL);

    @Override
    public String convert(ILoggingEvent event) {
        return BEFORE_A_LINE.matcher(super.convert(event)).replaceAll("\n  ");
    }
}
