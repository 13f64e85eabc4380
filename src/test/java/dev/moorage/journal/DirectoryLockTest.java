package dev.moorage.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryLockTest {
    private final Path directory;

    DirectoryLockTest(@TempDir Path directory) {
        this.directory = directory;
    }

    /** What another process does: it takes the directory if it can, and says how that went. */
    static final class Other {
        private Other() {}

        public static void main(String[] arguments) throws IOException {
            try (var lock = DirectoryLock.take(Path.of(arguments[0]))) {
                System.out.println("taken " + (lock != null));
            } catch (DirectoryLock.Held e) {
                System.out.println(e.getMessage());
            }
        }
    }

    private String otherProcess() throws Exception {
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Other.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .start();
        try {
            String said = new String(process.getInputStream().readAllBytes(), UTF_8).strip();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return said;
        } finally {
            process.destroyForcibly();
        }
    }

    private String heldByThisProcess() {
        return "The data directory " + directory + " is in use by process "
                + ProcessHandle.current().pid();
    }

    @Test
    void namesItsHolderToAnyoneElse() throws Exception {
        try (var held = DirectoryLock.take(directory)) {
            assertThat(held).isNotNull();
            assertThat(otherProcess()).isEqualTo(heldByThisProcess());
            assertThatThrownBy(() -> DirectoryLock.take(directory))
                    .isInstanceOf(DirectoryLock.Held.class)
                    .hasMessage(heldByThisProcess());

            // On some systems a process that closes a file loses its locks on that file.
            assertThat(otherProcess()).isEqualTo(heldByThisProcess());
        }
        assertThat(otherProcess()).isEqualTo("taken true");
    }

    @Test
    void isFreeOnceItsHolderIsDone() throws IOException {
        for (int i = 0; i < 3; i++) {
            try (var held = DirectoryLock.take(directory.resolve("not").resolve("there yet"))) {
                assertThat(held).isNotNull();
            }
        }
    }

    @Test
    void isFreeOnceItsStorageIsClosedOrCannotBeOpened() throws IOException {
        LevelDbStorage.open(directory, Engine.JAVA, false).close();
        try (var storage = new EventStore(LevelDbStorage.open(directory, Engine.JAVA, false))) {
            assertThatThrownBy(() -> LevelDbStorage.open(directory, Engine.JAVA, false))
                    .isInstanceOf(DirectoryLock.Held.class)
                    .hasMessage(heldByThisProcess());
            assertThat(storage.highestSequenceNr("Disk|d-1")).isZero();
        }
        try (var held = DirectoryLock.take(directory)) {
            assertThat(held).isNotNull();
        }
    }
}
