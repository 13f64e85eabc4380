package dev.moorage.domain;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LifecycleTest {
    static Stream<Class<?>> events() {
        return Stream.of(DiskEvent.class, InstanceEvent.class)
                .flatMap(root -> Stream.of(root.getPermittedSubclasses()));
    }

    @ParameterizedTest
    @MethodSource("events")
    void everyEventHasAPlace(Class<?> event) {
        assertThat(Lifecycle.knows(event)).isTrue();
    }
}
