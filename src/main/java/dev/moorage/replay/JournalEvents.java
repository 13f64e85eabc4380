package dev.moorage.replay;

import dev.moorage.domain.EventName;
import dev.moorage.journal.EventCodec;
import dev.moorage.journal.Recorded;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints events in order. */
@Command(
        name = "events",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Print events, in order.",
        footer = {"", "Examples:", "  moorage journal events", "  moorage journal events --data /tmp/data --json"})
final class JournalEvents implements Runnable {
    @Mixin
    private final HistoryOptions place = new HistoryOptions();

    @Mixin
    private final Output output = new Output();

    @Override
    public void run() {
        try (var history = place.open()) {
            history.read(0, Long.MAX_VALUE, (recorded, bytes) -> print(recorded));
        }
    }

    private void print(Recorded recorded) {
        if (output.isJson()) {
            output.print(EventCodec.tree(recorded));
        } else {
            var story = recorded.event().story();
            output.lines()
                    .printf(
                            "%6d  %s  %-12s %-24s %s (%s)%n",
                            recorded.offset(),
                            story.at(),
                            recorded.entity().value(),
                            EventName.of(recorded.event()),
                            story.requestId(),
                            story.cause());
        }
    }
}
