package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PassivationTest {
    @Test
    void answersEveryCallWhileActorsComeAndGo() throws Exception {
        // So short that an actor is on its way out at nearly every call.
        try (var server = RunningServer.start("moorage.idle = 1ms", "moorage.durations.DetachDisk = 0s")) {
            ExecutorService callers = Executors.newFixedThreadPool(8);
            try {
                var calls = IntStream.range(0, 400)
                        .<Callable<String>>mapToObj(n -> () -> answer(server, n))
                        .toList();
                for (var answer : callers.invokeAll(calls)) {
                    assertThat(answer.get())
                            .isIn("OK", "IncorrectDiskStatus", "DependencyViolation", "InvalidDevice.InUse");
                }
            } finally {
                callers.shutdownNow();
            }
        }
    }

    private static String answer(RunningServer server, int n) {
        String action = n % 2 == 0 ? "DetachDisk" : "AttachDisk";
        var answer = server.json(action, "InstanceId", "i-23jggx34b", "DiskId", "d-23jbf2v5m");
        server.advance(Duration.ofSeconds(1));
        return answer.has("Code") ? answer.get("Code").textValue() : "OK";
    }
}
