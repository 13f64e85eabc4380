package dev.moorage.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogProcessor;
import org.HdrHistogram.HistogramLogReader;
import org.HdrHistogram.HistogramLogWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TallyTest {
    private static final long MILLI = 1_000_000;

    @Test
    void logsOfTwoRunsAreMerged() {
        var both = new Histogram(3);
        for (byte[] log : new byte[][] {log(1), log(101)}) {
            var reader = new HistogramLogReader(new ByteArrayInputStream(log));
            for (var part = reader.nextIntervalHistogram(); part != null; part = reader.nextIntervalHistogram()) {
                assertThat(part.getTag()).isEqualTo("DetachDisk");
                both.add((Histogram) part);
            }
        }
        assertThat(both.getTotalCount()).isEqualTo(200);
        assertThat((double) both.getValueAtPercentile(50)).as("in microseconds").isCloseTo(100_000, within(500.0));
        assertThat((double) both.getMaxValue()).isCloseTo(200_000, within(500.0));
    }

    @Test
    void theLibrarysOwnToolReadsALog(@TempDir Path directory) throws IOException, InterruptedException {
        var log = Files.write(directory.resolve("run.hlog"), log(1));
        var said = directory.resolve("said");
        var processor = new HistogramLogProcessor(new String[] {
            "-i", log.toString(), "-o", said.toString(), "-tag", "DetachDisk", "-outputValueUnitRatio", "1000"
        });
        processor.start();
        processor.join();
        assertThat(said.resolveSibling("said.hgrm")).content().contains("Total count    =          100");
    }

    @Test
    void thePartOfASecondAtTheEndIsAsLongAsItWas() throws IOException {
        var reader = new HistogramLogReader(new ByteArrayInputStream(log(1)));
        assertThat(reader.nextIntervalHistogram()).isNotNull();
        var last = reader.nextIntervalHistogram();
        assertThat(last.getEndTimeStamp() - last.getStartTimeStamp()).isEqualTo(250);
    }

    /** A hundred latencies, a millisecond apart, in a second and a quarter. */
    private static byte[] log(int fromMillis) {
        var bytes = new ByteArrayOutputStream();
        var writer = new HistogramLogWriter(new PrintStream(bytes, true, StandardCharsets.UTF_8));
        writer.outputLogFormatVersion();
        writer.outputLegend();
        var tally = new Tally(writer);
        for (int i = 0; i < 100; i++) {
            long latency = (fromMillis + i) * MILLI;
            tally.answered(Verb.DETACH, latency, latency, null);
            if (i == 49) tally.endSecond(0, 0, 1_800_000_000_000L, 1_800_000_001_000L);
        }
        tally.endSecond(0, 0, 1_800_000_000_000L, 1_800_000_001_250L);
        return bytes.toByteArray();
    }
}
