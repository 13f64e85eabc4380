package dev.moorage;

import dev.moorage.journal.JournalDamaged;
import dev.moorage.replay.BadInput;
import dev.moorage.replay.JournalCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line: a table of tools. */
@Command(
        name = "moorage",
        mixinStandardHelpOptions = true,
        versionProvider = Moorage.Version.class,
        description = "An event-sourced simulation of Alibaba Cloud ECS disks.",
        subcommands = {Serve.class, JournalCommand.class})
public final class Moorage implements Runnable {
    private static final int CANNOT_START = 2;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] args) {
        int exitCode = commandLine().execute(args);
        System.exit(exitCode);
    }

    static CommandLine commandLine() {
        return new CommandLine(new Moorage())
                .setParameterExceptionHandler((wrong, args) -> {
                    var command = wrong.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr().println("moorage: " + wrong.getMessage() + " (see " + name + " --help)");
                    return CANNOT_START;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    boolean isSentence = failure instanceof CannotStart
                            || failure instanceof BadInput
                            || failure instanceof JournalDamaged;
                    if (!isSentence) throw failure;
                    command.getErr().println("moorage: " + failure.getMessage());
                    return CANNOT_START;
                });
    }

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "Which tool? There are serve and journal");
    }

    /** The version in the jar's manifest. */
    static final class Version implements CommandLine.IVersionProvider {
        @Override
        public String[] getVersion() {
            String version = Moorage.class.getPackage().getImplementationVersion();
            return new String[] {"moorage " + (version == null ? "(not packaged)" : version)};
        }
    }
}
