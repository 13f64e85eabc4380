package dev.moorage.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackTest {
    @ParameterizedTest
    @ValueSource(strings = {"localhost", "LocalHost", "ecs.localhost", "127.0.0.1", "127.1.2.3", "::1", "[::1]"})
    void isThisMachine(String host) {
        assertThat(Loopback.is(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0.0.0.0",
                "127.example.com",
                "127.0.0.1.example.com",
                "localhost.example.com",
                "::",
                "10.0.0.1"
            })
    void isAnybody(String host) {
        assertThat(Loopback.is(host)).isFalse();
    }
}
