package dev.moorage.benchmark;

import dev.moorage.benchmark.Measurement.Effort;
import dev.moorage.benchmark.PayloadFormat.Format;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** What records cost in JSON, and would cost in other formats. */
record FormatPart(Effort effort) implements Part {
    private static final List<String> FIGURES = List.of("bytesPerRecord", "encodedPerSecond", "decodedPerSecond");

    private static String name(Format format) {
        return "format: " + format.title();
    }

    @Override
    public void round(Runs runs) throws IOException, InterruptedException {
        for (var format : Format.values()) runs.run(name(format), new PayloadFormat(format, effort));
    }

    @Override
    public List<Claim> claims() {
        return Stream.of(Format.CBOR, Format.SMILE)
                .flatMap(format -> FIGURES.stream().map(figure -> claim(format, figure)))
                .toList();
    }

    private static Claim claim(Format format, String figure) {
        return new Claim(name(format), name(Format.JSON), figure);
    }

    @Override
    public List<Table> tables(Runs runs) {
        var table = new Table(
                "A record in another format, on one thread (in brackets: as a multiple of the JSON of the tree)",
                List.of("", "bytes", "encoded/s", "decoded/s"));
        for (var format : Format.values()) {
            var cells = FIGURES.stream()
                    .map(figure -> Table.number(runs.median(name(format), figure)) + " ("
                            + Table.number(runs.ratio(claim(format, figure))) + ")");
            table.row(Stream.concat(Stream.of(format.title()), cells).toList());
        }
        return List.of(table);
    }
}
