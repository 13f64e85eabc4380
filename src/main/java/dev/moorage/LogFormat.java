package dev.moorage;

import com.typesafe.config.Config;

/** What log lines look like. Each is the name of an appender in {@code conf/logback.xml}. */
enum LogFormat {
    TEXT("text"),
    JSON("json");

    private final String appender;

    LogFormat(String appender) {
        this.appender = appender;
    }

    static LogFormat of(Config config) {
        String name = config.getString("moorage.log-format");
        for (var format : values()) {
            if (format.appender.equals(name)) return format;
        }
        throw new CannotStart("log-format is text or json, not " + name);
    }

    /** From the first log line on: Logback reads its configuration when somebody wants to log. */
    void use() {
        System.setProperty("moorage.log-format", appender);
    }
}
