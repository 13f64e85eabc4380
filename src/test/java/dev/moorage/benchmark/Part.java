package dev.moorage.benchmark;

import java.io.IOException;
import java.util.List;

/** A question, the measurements that it takes, and what they say. */
interface Part {
    /** What is done once, before the first round. */
    default void prepare(Runs runs) throws IOException, InterruptedException {}

    /** Of more rounds than these it is left out. */
    default int mostRounds() {
        return Integer.MAX_VALUE;
    }

    void round(Runs runs) throws IOException, InterruptedException;

    List<Claim> claims();

    List<Table> tables(Runs runs);
}
