package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.journal.CheckpointFile;
import dev.moorage.replay.Rebuild;
import dev.moorage.view.World;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that was stopped, and its checkpoint. */
@Timeout(120)
class CheckpointTest {
    private static final long SEED = Long.getLong("moorage.seed", 20_260_102);
    private static final String DISK = "d-23jbf2v5m";

    private final Path directory;

    CheckpointTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private RunningServer start(String... settings) {
        var all = new String[settings.length + 2];
        System.arraycopy(settings, 0, all, 2, settings.length);
        all[0] = "moorage.in-memory = false";
        all[1] = "moorage.data = \"" + data() + "\"";
        return RunningServer.start(all);
    }

    private Path data() {
        return directory.resolve("data");
    }

    private Path checkpoint() {
        return data().resolve("checkpoint");
    }

    private static Set<CheckpointFile.State> states(World world) {
        return new HashSet<>(Rebuild.states(world));
    }

    /** Enough for a checkpoint to be worth it. */
    @BeforeEach
    void serveManyDisks() throws IOException {
        var fleet = Files.writeString(
                directory.resolve("many.conf"), "generate = { instances = 1200, disksPerInstance = 8 }");
        try (var server = start("moorage.fleets = [ \"conf/fleets/demo.conf\", \"" + fleet + "\" ]")) {
            assertThat(server.call("DetachDisk", "InstanceId", "i-23jggx34b", "DiskId", DISK)
                            .statusCode())
                    .isEqualTo(200);
        }
        assertThat(checkpoint()).exists();
    }

    private World rebuilt() {
        try (var server = start()) {
            return server.server().ecs().environment().world();
        }
    }

    @Test
    void holdsWhatTheJournalTells() throws Exception {
        try (var checkpoint = Objects.requireNonNull(CheckpointFile.open(data()))) {
            var world = Rebuild.from(checkpoint);
            Files.delete(checkpoint());

            assertThat(checkpoint.offset()).isEqualTo(rebuilt().offset());
            assertThat(states(world)).isEqualTo(states(rebuilt()));
        }
    }

    @Test
    void isGoneOnFromWithWhatCameSince() throws Exception {
        byte[] kept = Files.readAllBytes(checkpoint());
        try (var server = start()) {
            assertThat(server.call("DeleteDisk", "DiskId", "d-spare1").statusCode())
                    .isEqualTo(200);
        }
        Files.write(checkpoint(), kept);
        var world = rebuilt();
        Files.delete(checkpoint());

        assertThat(states(world)).isEqualTo(states(rebuilt()));
    }

    /** The engine that writes it must be able to read it again, however it is read at the start. */
    @Test
    void canBeMissingTimeAndAgainBesideALongJournal() throws Exception {
        var fleet = Files.writeString(
                directory.resolve("more.conf"), "generate = { instances = 25000, disksPerInstance = 4 }");
        String[] settings = {
            "moorage.data = \"" + directory.resolve("long") + "\"",
            "moorage.journal.fsync = false",
            "moorage.fleets = [ \"" + fleet + "\" ]"
        };
        var offsets = new HashSet<Long>();
        for (int round = 0; round < 3; round++) {
            try (var server = start(settings)) {
                offsets.add(server.server().ecs().environment().world().offset());
            }
            Files.delete(directory.resolve("long").resolve("checkpoint"));
        }

        assertThat(offsets).hasSize(1);
    }

    @Test
    void isNotUsedIfItIsDamaged() throws Exception {
        byte[] whole = Files.readAllBytes(checkpoint());
        var random = new Random(SEED);
        for (int i = 0; i < 200; i++) {
            byte[] damaged = whole.clone();
            int at = random.nextInt(damaged.length);
            damaged[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(checkpoint(), damaged);
            assertThatThrownBy(() -> readWhole(data()))
                    .as("a bit of byte %s, seed %s", at, SEED)
                    .isInstanceOf(CheckpointFile.Unusable.class);
        }
        for (int length : new int[] {0, 1, 7, whole.length / 2, whole.length - 1}) {
            Files.write(checkpoint(), Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> readWhole(data()))
                    .as("%s bytes", length)
                    .isInstanceOf(CheckpointFile.Unusable.class);
        }
        try (var server = start()) {
            assertThat(server.disk(DISK).path("Status").asText()).isEqualTo("Detaching");
        }
    }

    private static World readWhole(Path data) throws CheckpointFile.Unusable {
        try (var checkpoint = Objects.requireNonNull(CheckpointFile.open(data))) {
            return Rebuild.from(checkpoint);
        }
    }

    @Test
    void knowsWhenTheJournalHasLessThanThereWas() throws Exception {
        var fresh = directory.resolve("fresh");
        try (var server = RunningServer.start("moorage.in-memory = false", "moorage.data = \"" + fresh + "\"")) {
            assertThat(server.url()).isNotEmpty();
        }
        Files.copy(checkpoint(), fresh.resolve("checkpoint"));

        assertThatThrownBy(() -> RunningServer.start("moorage.in-memory = false", "moorage.data = \"" + fresh + "\""))
                .isInstanceOf(CannotStart.class)
                .hasMessageContaining("when its checkpoint was made");
    }

    private static JsonNode snapshots(RunningServer server) {
        return server.json("DescribeSnapshots", "RegionId", "cn-hangzhou", "SnapshotName", "kept")
                .at("/Snapshots/Snapshot");
    }

    @Test
    void holdsSnapshotsInTheirPlaces() throws Exception {
        World world;
        try (var server = start()) {
            assertThat(server.call("CreateSnapshot", "DiskId", "d-prepaid1", "SnapshotName", "kept")
                            .statusCode())
                    .isEqualTo(200);
            world = server.server().ecs().environment().world();
        }
        CheckpointFile.write(data(), world.offset(), Rebuild.states(world));

        assertThat(readWhole(data()).of("default").snapshotsAfter(-1))
                .containsExactlyElementsOf(
                        world.of("default").snapshotsAfter(-1).toList())
                .hasSize(1);
        try (var server = start()) {
            assertThat(snapshots(server)).hasSize(1);
        }
    }

    @Test
    void holdsWhatTokensOfSnapshotsThatAreGoneStandFor() throws Exception {
        World world;
        try (var server = start()) {
            var taken = server.json("CreateSnapshot", "DiskId", "d-prepaid1", "ClientToken", "once");
            server.json("DeleteSnapshot", "SnapshotId", taken.path("SnapshotId").asText());
            world = server.server().ecs().environment().world();
        }
        CheckpointFile.write(data(), world.offset(), Rebuild.states(world));

        try (var server = start()) {
            var other = server.call("CreateSnapshot", "DiskId", "d-23jbf2v5m", "ClientToken", "once");
            assertThat(other.statusCode()).isEqualTo(403);
            assertThat(other.body()).contains("IdempotentParameterMismatch");
        }
    }
}
