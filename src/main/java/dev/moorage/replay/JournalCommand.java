package dev.moorage.replay;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The tools that read a journal: a table. */
@Command(
        name = "journal",
        mixinStandardHelpOptions = true,
        description = "Read a journal: what happened, why, and what the world looked like.",
        subcommands = {
            JournalList.class,
            JournalEvents.class,
            JournalStats.class,
            JournalAt.class,
            JournalDiff.class,
            JournalBlame.class,
            JournalTimeline.class,
            JournalWhy.class,
            JournalVerify.class,
            JournalExport.class,
            JournalImport.class,
            JournalFork.class,
            JournalFixture.class
        })
public final class JournalCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which tool? There are " + String.join(", ", spec.subcommands().keySet()));
    }
}
