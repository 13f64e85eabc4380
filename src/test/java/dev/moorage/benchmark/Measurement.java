package dev.moorage.benchmark;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;

/** One thing to be measured, in a JVM of its own: it gets there as JSON, and its figures come back as JSON. */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME)
@JsonSubTypes({
    @JsonSubTypes.Type(Durable.class),
    @JsonSubTypes.Type(RawWrites.class),
    @JsonSubTypes.Type(Recovery.Writing.class),
    @JsonSubTypes.Type(Recovery.Reading.class),
    @JsonSubTypes.Type(RawScan.class),
    @JsonSubTypes.Type(PayloadFormat.class),
    @JsonSubTypes.Type(StartBenchmark.Fleet.class),
    @JsonSubTypes.Type(StartBenchmark.Rebuild.class),
    @JsonSubTypes.Type(StartBenchmark.Serve.class),
    @JsonSubTypes.Type(Calls.class),
    @JsonSubTypes.Type(Growth.class),
    @JsonSubTypes.Type(ColdStart.class)
})
interface Measurement {
    ObjectMapper JSON = new ObjectMapper();
    double NANOS_PER_SECOND = 1e9;

    /** How long a rate is measured, after how long a warm-up. */
    record Effort(double warmUpSeconds, double windowSeconds) {
        Effort half() {
            return new Effort(warmUpSeconds / 2, windowSeconds / 2);
        }
    }

    /** Figures by name; the unit is in the name. */
    Map<String, Double> measure() throws Exception;

    static double secondsSince(long startNanos) {
        return (System.nanoTime() - startNanos) / NANOS_PER_SECOND;
    }

    /** Measures what its argument says, and prints the figures as its last line. */
    static void main(String[] args) throws Exception {
        System.out.println(JSON.writeValueAsString(
                JSON.readValue(args[0], Measurement.class).measure()));
        // Not held up by threads of Akka's or LevelDB's.
        System.exit(0);
    }
}
