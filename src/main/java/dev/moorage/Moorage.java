package dev.moorage;

import dev.moorage.command.Calls;
import dev.moorage.command.Clock;
import dev.moorage.command.Complete;
import dev.moorage.command.Events;
import dev.moorage.command.FleetCommand;
import dev.moorage.command.Incident;
import dev.moorage.command.NotDone;
import dev.moorage.command.ProgressionCommand;
import dev.moorage.command.Reset;
import dev.moorage.command.ResourceCommand;
import dev.moorage.command.Rules;
import dev.moorage.command.Snapshots;
import dev.moorage.command.ThrottlingCommand;
import dev.moorage.journal.JournalDamaged;
import dev.moorage.load.BadWorkload;
import dev.moorage.load.LoadCommand;
import dev.moorage.load.NotRun;
import dev.moorage.replay.BadInput;
import dev.moorage.replay.JournalCommand;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

/** The command line: a table of tools. */
@Command(
        name = "moorage",
        mixinStandardHelpOptions = true,
        versionProvider = Moorage.Version.class,
        description = "An event-sourced simulation of Alibaba Cloud ECS disks.")
public final class Moorage implements Runnable {
    private static final List<Class<?>> TOOLS = List.of(
            Serve.class,
            Env.class,
            JournalCommand.class,
            Clock.class,
            ProgressionCommand.class,
            Complete.class,
            Incident.class,
            Rules.class,
            ThrottlingCommand.class,
            Reset.class,
            Snapshots.class,
            FleetCommand.class,
            Calls.class,
            ResourceCommand.class,
            Events.class,
            LoadCommand.class,
            Simulate.class);

    private static final int CANNOT_START = 2;
    private static final int DAMAGED = 1;
    private static final int NOT_DONE = 1;

    /** What is said in one sentence, and how the process ends then. */
    private static final Map<Class<? extends Exception>, Integer> EXIT_CODES = Map.of(
            CannotStart.class, CANNOT_START,
            BadInput.class, CANNOT_START,
            BadWorkload.class, CANNOT_START,
            NotRun.class, NOT_DONE,
            JournalDamaged.class, DAMAGED);

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    public static void main(String[] args) {
        int exitCode = commandLine(args).setOut(standardOutput()).execute(args);
        System.exit(exitCode);
    }

    /** UTF-8 wherever it is printed, as JSON has to be; and unlike System.out it knows when nobody reads on. */
    private static PrintWriter standardOutput() {
        return new PrintWriter(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
    }

    /** With the tool alone that is named: to read what all of them take is a good part of a start. */
    static CommandLine commandLine(String... args) {
        var all = new CommandLine(new Moorage());
        var named = TOOLS.stream()
                .filter(tool -> args.length > 0 && nameOf(tool).equals(args[0]))
                .toList();
        for (var tool : named.isEmpty() ? TOOLS : named) all.addSubcommand(tool);
        return all.setParameterExceptionHandler((wrong, given) -> {
                    var command = wrong.getCommandLine();
                    String name = command.getCommandSpec().qualifiedName();
                    command.getErr().println("moorage: " + sentence(wrong) + " (see " + name + " --help)");
                    return CANNOT_START;
                })
                .setExecutionExceptionHandler((failure, command, parsed) -> {
                    if (failure instanceof NotDone notDone) {
                        command.getErr().println("moorage: " + failure.getMessage());
                        return notDone.isAskedWrongly() ? CANNOT_START : NOT_DONE;
                    }
                    Integer exitCode = EXIT_CODES.get(failure.getClass());
                    if (exitCode == null) throw failure;
                    command.getErr().println("moorage: " + failure.getMessage());
                    return exitCode;
                });
    }

    /** Picocli says of a tool that there is not that an argument is unmatched. */
    private static String sentence(ParameterException wrong) {
        var spec = wrong.getCommandLine().getCommandSpec();
        boolean isOfTools =
                !spec.subcommands().isEmpty() && spec.positionalParameters().isEmpty();
        if (isOfTools && wrong instanceof UnmatchedArgumentException unmatched) {
            String first = unmatched.getUnmatched().get(0);
            if (!first.isBlank() && !first.startsWith("-")) {
                return "There is no " + first + ", but "
                        + String.join(", ", spec.subcommands().keySet());
            }
        }
        return String.valueOf(wrong.getMessage());
    }

    private static String nameOf(Class<?> tool) {
        return tool.getAnnotation(Command.class).name();
    }

    @Override
    public void run() {
        throw new ParameterException(
                spec.commandLine(),
                "Which tool? There are " + String.join(", ", spec.subcommands().keySet()));
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
