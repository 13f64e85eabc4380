package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PassivationTest {
    private static final int DISKS = 64;
    private static final Pattern DISKS_IN_MEMORY =
            Pattern.compile("moorage_entities_in_memory\\{kind=\"disk\"} (\\d+)");

    private final Queue<Integer> inMemory = new ConcurrentLinkedQueue<>();

    /** Each disk is asked again about when it leaves: some are there, some on their way out, and some out. */
    @Test
    void answersEveryCallWhileActorsComeAndGo(@TempDir Path directory) throws Exception {
        var fleet = Files.writeString(
                directory.resolve("fleet.conf"), "generate = { instances = " + DISKS + ", disksPerInstance = 1 }");
        try (var server = RunningServer.start(
                "moorage.idle = 4ms",
                "akka.scheduler.tick-duration = 1ms",
                "moorage.durations.DetachDisk = 0s",
                "moorage.fleets = [ \"" + fleet + "\" ]")) {
            ExecutorService callers = Executors.newFixedThreadPool(8);
            try {
                var calls = IntStream.range(0, 10 * DISKS)
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
        assertThat(inMemory).isNotEmpty().anyMatch(count -> count < DISKS);
    }

    /** All disks are taken off, then put back, and so on. */
    private String answer(RunningServer server, int n) {
        String number = "bp1g%012d0000".formatted(n % DISKS);
        String action = n / DISKS % 2 == 0 ? "DetachDisk" : "AttachDisk";
        var answer = server.json(action, "InstanceId", "i-" + number, "DiskId", "d-" + number);
        server.advance(Duration.ofSeconds(1));
        // Once each has been asked for something.
        if (n > DISKS && n % 8 == 0) {
            var count = DISKS_IN_MEMORY.matcher(server.get("/_moorage/metrics").body());
            if (count.find()) inMemory.add(Integer.valueOf(count.group(1)));
        }
        return answer.has("Code") ? answer.get("Code").textValue() : "OK";
    }
}
