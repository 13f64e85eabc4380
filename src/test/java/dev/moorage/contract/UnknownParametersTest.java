package dev.moorage.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.moorage.SteppedClock;
import dev.moorage.contract.ParameterSpec.Type;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UnknownParametersTest {
    private static final ActionSpec PAINT = action(
            "PaintDisk", "DiskId", "DiskIds.N", "Tag.N.Key", "Tag.N.Value", "DataDisk.N.Size", "DataDisk.N.Tag.M.Key");
    private static final ActionSpec WASH = action("WashDisk", "DiskId");

    private final SteppedClock clock = new SteppedClock();
    private final UnknownParameters unknown = new UnknownParameters(List.of(PAINT, WASH), clock);

    private static ActionSpec action(String name, String... parameters) {
        var specs = new ArrayList<ParameterSpec>();
        for (var parameter : parameters) specs.add(new ParameterSpec(parameter, Type.String, false, null, null));
        return new ActionSpec(name, ActionSpec.ECS, "", "", specs, List.of(), List.of());
    }

    private void send(ActionSpec action, String name) {
        unknown.look(action, Map.of(name, "a value"), "REQUEST-1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DiskId",
                "DiskIds.1",
                "DiskIds.17",
                "Tag.1.Key",
                "Tag.1.key",
                "Tag.20.value",
                "DataDisk.1.Size",
                "DataDisk.1.Tag.2.Key",
                "DataDisk.1.Tag.2.key",
                "Action",
                "Format",
                "RegionId",
                "OwnerId",
                "ResourceOwnerAccount",
                "SignatureType",
                "SecurityToken",
                "SourceIp",
                "SecureTransport",
            })
    void listsNothingThatACallCanCarry(String name) {
        send(PAINT, name);

        assertThat(unknown.seen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "DiskID, DiskID",
        "diskid, diskid",
        "DiskIds, DiskIds",
        "Tag.Key, Tag.Key",
        "Tag.one.Key, Tag.one.Key",
        "Tag.1, Tag.N",
        "Tag.1.KEY, Tag.N.KEY",
        "DataDisk.1.Colour, DataDisk.N.Colour",
        "DataDisk.1.size, DataDisk.N.size",
        "DataDisk.1.Tag.2.Colour, DataDisk.N.Tag.N.Colour",
        "1, 1",
    })
    void listsWhatTheActionDoesNotHave(String sent, String listed) {
        send(PAINT, sent);

        assertThat(unknown.seen())
                .containsExactly(new UnknownParameters.Seen("PaintDisk", listed, 1, clock.instant(), "REQUEST-1"));
    }

    @Test
    void countsCallsOfEachActionApart() {
        var first = clock.instant();
        unknown.look(PAINT, Map.of("Colour", "grey", "DiskId", "d-1"), "REQUEST-1");
        clock.advance(Duration.ofSeconds(1));
        unknown.look(WASH, Map.of("Colour", "grey", "Brush", "soft"), "REQUEST-2");
        unknown.look(PAINT, Map.of("Colour", "green"), "REQUEST-3");

        assertThat(unknown.seen())
                .containsExactly(
                        new UnknownParameters.Seen("PaintDisk", "Colour", 2, first, "REQUEST-3"),
                        new UnknownParameters.Seen("WashDisk", "Brush", 1, first.plusSeconds(1), "REQUEST-2"),
                        new UnknownParameters.Seen("WashDisk", "Colour", 1, first.plusSeconds(1), "REQUEST-2"));
    }

    @Test
    void takesAnEmptyValueForNone() {
        unknown.look(PAINT, Map.of("Colour", ""), "REQUEST-1");

        assertThat(unknown.seen()).isEmpty();
    }

    @Test
    void countsOnlyTheCallsOfWhatComesBeyondItsBounds() {
        for (int i = 0; i < UnknownParameters.MOST; i++) send(PAINT, "Colour" + i);
        assertThat(unknown.seen()).hasSize(UnknownParameters.MOST);
        assertThat(unknown.notListed()).isZero();

        send(PAINT, "Smell");
        send(WASH, "Smell");
        send(PAINT, "Colour7");

        assertThat(unknown.seen())
                .hasSize(UnknownParameters.MOST)
                .filteredOn(seen -> seen.calls() == 2)
                .extracting(UnknownParameters.Seen::parameter)
                .containsExactly("Colour7");
        assertThat(unknown.notListed()).isEqualTo(2);
    }

    @Test
    void cutsLongNames() {
        send(PAINT, "x".repeat(100_000));

        assertThat(unknown.seen())
                .extracting(UnknownParameters.Seen::parameter)
                .containsExactly("x".repeat(UnknownParameters.LONGEST_NAME));
    }

    /** They end up in a log, line by line. */
    @Test
    void keepsNothingThatCannotBePrinted() {
        send(PAINT, "Colour\n2026-01-02 INFO all is well\u0000\u001b[31m\ud800");

        assertThat(unknown.seen())
                .extracting(UnknownParameters.Seen::parameter)
                .containsExactly("Colour?2026-01-02 INFO all is well??[31m?");
    }

    @Test
    void losesNoCallThatComesAtTheSameTime() throws Exception {
        int threads = 4;
        int each = 5_000;
        Callable<Void> calls = () -> {
            for (int i = 0; i < each; i++) send(PAINT, "Colour" + i % 2_000);
            return null;
        };
        var pool = Executors.newFixedThreadPool(threads);
        try {
            for (var done : pool.invokeAll(Collections.nCopies(threads, calls))) done.get();
        } finally {
            pool.shutdown();
        }

        long listed =
                unknown.seen().stream().mapToLong(UnknownParameters.Seen::calls).sum();
        assertThat(unknown.seen()).hasSize(UnknownParameters.MOST);
        assertThat(listed + unknown.notListed()).isEqualTo((long) threads * each);
    }
}
