package dev.moorage.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Loads more instances and disks. */
@Command(
        name = "fleet",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = "Load the instances and disks of a file into a server that runs.",
        footer = {"", "Example:", "  moorage fleet conf/fleets/demo.conf"})
public final class FleetCommand implements Runnable {
    @Parameters(paramLabel = "FILE", description = "The fleet.")
    private Path file = Path.of("");

    @Mixin
    private final Target target = new Target();

    @Override
    public void run() {
        String fleet;
        try {
            fleet = Files.readString(file);
        } catch (IOException e) {
            throw NotDone.wrong("The fleet file " + file + " cannot be read");
        }
        target.print(target.ask("POST", "fleet", fleet));
    }
}
