package dev.moorage.load;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the reports of one run, or of several beside each other, are to go.
 *
 * @param page for a browser; null for none
 * @param json null for none
 */
public record ReportFiles(@Nullable Path page, @Nullable Path json) {
    /** Says what is in the way; not after the run, when all would be lost. */
    public void check() {
        check(page);
        check(json);
        if (page != null && page.equals(json)) {
            throw new BadWorkload("The page and the report cannot both be written to " + page);
        }
    }

    static void check(@Nullable Path file) {
        if (file == null) return;
        var parent = file.toAbsolutePath().getParent();
        if (parent == null || !Files.isDirectory(parent) || Files.isDirectory(file)) {
            throw new BadWorkload("Nothing can be written to " + file
                    + (Files.isDirectory(file) ? ", which is a directory" : ": there is no directory for it"));
        }
        if (!Files.isWritable(Files.exists(file) ? file : parent)) {
            throw new BadWorkload("Nothing can be written to " + file + ": that is not allowed");
        }
    }

    /** Writes them, and says where they are. */
    public void write(List<Variant> variants, PrintWriter out) {
        boolean isOne = variants.size() == 1;
        var first = variants.get(0).report();
        try {
            if (page != null) {
                Files.writeString(page, isOne ? Page.of(first) : Page.of(variants));
                out.println("The page is " + page);
            }
            if (json != null) {
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build()
                        .writeValue(json.toFile(), isOne ? first : variants);
                out.println("The report is in " + json);
            }
        } catch (IOException e) {
            throw new NotRun("The report cannot be written: " + e.getMessage());
        }
        out.flush();
    }
}
