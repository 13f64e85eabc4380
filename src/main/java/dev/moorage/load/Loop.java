package dev.moorage.load;

/** The clock and the timers of the one thread on which a run takes place. */
public interface Loop {
    /** Means something only beside another of its kind. */
    long nanoTime();

    /** As people count it, since 1970. */
    long wallMillis();

    /** What the thread has had of its processor so far. */
    long cpuNanos();

    /** Runs it on the thread after so long; at 0 or less soon, once what runs now has returned. */
    void later(long nanos, Runnable what);
}
