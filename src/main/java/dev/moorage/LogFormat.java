package dev.moorage;

import com.typesafe.config.Config;

/** What log lines look like: {@code conf/logback.xml} chooses by the name. */
enum LogFormat {
    TEXT("text"),
    JSON("json");

    private final String wire;

    LogFormat(String wire) {
        this.wire = wire;
    }

    static LogFormat of(Config config) {
        String wanted = config.getString("moorage.log-format");
        for (var format : values()) {
            if (format.wire.equals(wanted)) return format;
        }
        throw new CannotStart("log-format is text or json, not " + wanted);
    }

    /** From the first log line on: Logback reads its configuration when somebody wants to log. */
    void use() {
        System.setProperty("moorage.log-format", wire);
    }
}
