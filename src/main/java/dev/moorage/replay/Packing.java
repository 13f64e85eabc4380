package dev.moorage.replay;

import com.github.luben.zstd.ZstdInputStream;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** How an exported file is packed: as its name says. */
record Packing(String suffix, Wrapping<InputStream> unpacking, Wrapping<OutputStream> packing) {
    interface Wrapping<S> {
        S wrap(S stream) throws IOException;
    }

    private static final List<Packing> PACKINGS = List.of(
            new Packing(".gz", GZIPInputStream::new, GZIPOutputStream::new),
            // What is cut off just ends, and is not a failure of its own kind.
            new Packing(".zst", in -> new ZstdInputStream(in).setContinuous(true), ZstdOutputStream::new));
    private static final Packing NONE = new Packing("", in -> in, out -> out);

    static Packing of(Path file) {
        return PACKINGS.stream()
                .filter(packing -> file.toString().endsWith(packing.suffix))
                .findFirst()
                .orElse(NONE);
    }

    /**
     * What is in a packed stream.
     *
     * @throws BadInput if this packing does not run here
     */
    InputStream unpack(InputStream packed) throws IOException {
        return wrap(packed, unpacking);
    }

    /**
     * Packs what is written.
     *
     * @throws BadInput if this packing does not run here
     */
    OutputStream pack(OutputStream into) throws IOException {
        return wrap(into, packing);
    }

    private <S> S wrap(S stream, Wrapping<S> wrapping) throws IOException {
        try {
            return wrapping.wrap(stream);
        } catch (LinkageError e) {
            throw new BadInput("Files that end in " + suffix + " need a native library that does not load here ("
                    + e.getMessage() + "): take a name that ends in .gz");
        }
    }
}
