package dev.moorage.load;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where a report is to go. */
public final class OutputFile {
    private OutputFile() {}

    /** Says what is in the way; not after the run, when all would be lost. Null is no file. */
    public static void check(@Nullable Path file) {
        if (file == null) return;
        var parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(file)) {
            throw new BadWorkload("Nothing can be written to " + file
                    + (Files.isDirectory(file) ? ", which is a directory" : ": there is no directory for it"));
        }
    }
}
