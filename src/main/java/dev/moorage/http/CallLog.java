package dev.moorage.http;

import dev.moorage.contract.Failure;
import dev.moorage.contract.Printable;
import dev.moorage.contract.Reply;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One line a call. */
final class CallLog {
    private static final Logger LOG = LoggerFactory.getLogger("dev.moorage.calls");
    private static final int LONGEST_NAME = 128;
    private static final double NANOS_PER_MILLI = 1e6;

    private CallLog() {}

    static void answered(String requestId, String action, String caller, Reply reply, Duration took) {
        if (!LOG.isInfoEnabled()) return;
        double millis = Math.round(took.toNanos() / (NANOS_PER_MILLI / 10)) / 10.0;
        LOG.atInfo()
                .addKeyValue("requestId", requestId)
                .addKeyValue("action", action)
                .addKeyValue("caller", caller)
                .addKeyValue("status", reply.status())
                .addKeyValue("code", reply.code())
                .addKeyValue("millis", took.toNanos() / NANOS_PER_MILLI)
                .log("{} {} {} {} {} {} ms", requestId, action, caller, reply.status(), reply.code(), millis);
    }

    /** Whoever misspelt an action's name finds it here. */
    static void noSuchAction(String requestId, String action, String hint) {
        LOG.info("{} There is no action {}. {}", requestId, Printable.cut(action, LONGEST_NAME), hint);
    }

    static void refused(String requestId, Failure failure) {
        LOG.atInfo()
                .addKeyValue("requestId", requestId)
                .addKeyValue("status", failure.status())
                .addKeyValue("code", failure.code())
                .log("{} - - {} {} not HTTP", requestId, failure.status(), failure.code());
    }

    static void turnedAway(int calls, String why) {
        LOG.atWarn()
                .addKeyValue("calls", calls)
                .log(() -> String.format(Locale.ROOT, "%,d calls were turned away: %s", calls, why));
    }

    static void failed(String requestId, Throwable failure) {
        LOG.atError().addKeyValue("requestId", requestId).setCause(failure).log("{} failed", requestId);
    }
}
