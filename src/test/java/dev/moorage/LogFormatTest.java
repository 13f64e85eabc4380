package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import ch.qos.logback.core.read.ListAppender;
import ch.qos.logback.core.status.Status;
import ch.qos.logback.core.status.StatusUtil;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is logged, through {@code conf/logback.xml} as it is. */
class LogFormatTest {
    private static final String FORGED = "test-\n12:00:00.000 INFO  calls forged\r\u001b[31m";

    /** What these log calls print. */
    private static String logged(String format, Consumer<Logger> logging) throws Exception {
        var context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("moorage.log-format", format);
        var configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(new File("conf/logback.xml"));
        // Else Logback prints what it did, to standard output.
        assertThat(new StatusUtil(context).getHighestLevel(0)).isLessThan(Status.WARN);
        var appender = (OutputStreamAppender<ILoggingEvent>)
                context.getLogger(Logger.ROOT_LOGGER_NAME).getAppender("CONSOLE");
        var out = new ByteArrayOutputStream();
        appender.setOutputStream(out);
        logging.accept(context.getLogger("dev.moorage.calls"));
        context.stop();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode object(String line) throws Exception {
        assertThat(line).endsWith("\n");
        assertThat(line.lines()).hasSize(1);
        return JsonMapper.builder().build().readTree(line);
    }

    @Test
    void writesAnObjectALineWithFieldsOfTheirOwn() throws Exception {
        var line = object(logged(
                "json",
                log -> log.atInfo()
                        .addKeyValue("requestId", "4-2")
                        .addKeyValue("status", 200)
                        .addKeyValue("millis", 1.5)
                        .log("{} answered", "4-2")));

        assertThat(line.path("level").asText()).isEqualTo("INFO");
        assertThat(line.path("logger").asText()).isEqualTo("dev.moorage.calls");
        assertThat(line.path("time").asText()).matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*Z");
        assertThat(line.path("message").asText()).isEqualTo("4-2 answered");
        assertThat(line.path("requestId").asText()).isEqualTo("4-2");
        assertThat(line.path("status").isInt()).isTrue();
        assertThat(line.path("millis").isDouble()).isTrue();
        assertThat(line.has("exception")).isFalse();
    }

    @Test
    void writesAStackTraceIntoOneObject() throws Exception {
        var line = object(logged("json", log -> log.error("failed", new IllegalStateException(FORGED))));

        assertThat(line.path("exception").asText())
                .contains("IllegalStateException: " + FORGED)
                .contains("\tat " + LogFormatTest.class.getName());
    }

    @Test
    void writesWhatCallersSentIntoOneObject() throws Exception {
        var line = object(logged("json", log -> log.info("{} called", FORGED)));

        assertThat(line.path("message").asText()).isEqualTo(FORGED + " called");
    }

    @Test
    void writesTextAsEver() throws Exception {
        assertThat(logged("text", log -> log.info("{} DetachDisk testid 200 OK 1.0 ms", "4-2")))
                .matches("\\d\\d:\\d\\d:\\d\\d\\.\\d{3} INFO  calls 4-2 DetachDisk testid 200 OK 1.0 ms\n");
    }

    @Test
    void letsNoCallerBeginALine() throws Exception {
        String line = logged("text", log -> log.info("{} called", FORGED));

        assertThat(line.lines()).hasSize(1);
        assertThat(line).doesNotContain("\u001b", "\r").contains("forged").endsWith("called\n");
    }

    @Test
    void letsNoMessageOfAFailureBeginALine() throws Exception {
        String lines = logged("text", log -> log.error("failed", new IllegalStateException("x\n12:00:00.000 forged")));

        assertThat(lines.lines().filter(line -> line.startsWith("12:00"))).isEmpty();
        assertThat(lines).contains("\n  12:00:00.000 forged").contains("at " + LogFormatTest.class.getName());
        assertThat(lines).endsWith("\n").doesNotContain("\n\n");
    }

    @Test
    void namesEachPartOfACall() {
        var log = (Logger) LoggerFactory.getLogger("dev.moorage.calls");
        var lines = new ListAppender<ILoggingEvent>();
        lines.start();
        var level = log.getLevel();
        log.setLevel(Level.INFO);
        log.addAppender(lines);
        try (var server = RunningServer.start()) {
            server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", "d-sys1", "Unheard", "of");
        } finally {
            log.detachAppender(lines);
            log.setLevel(level);
        }

        assertThat(lines.list)
                .filteredOn(line -> line.getFormattedMessage().contains("DiskTypeViolation"))
                .singleElement()
                .satisfies(line -> assertThat(line.getKeyValuePairs())
                        .extracting(pair -> pair.key)
                        .containsExactly("requestId", "action", "caller", "status", "code", "millis"));
    }

    @Test
    void isTextOrJson() {
        assertThatThrownBy(() -> LogFormat.of(ConfigFactory.parseString("moorage.log-format = xml")))
                .isInstanceOf(CannotStart.class)
                .hasMessage("log-format is text or json, not xml");
    }
}
