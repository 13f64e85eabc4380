package dev.moorage.journal;

import java.time.Duration;

/** Hears how commits fare, on the threads that make them: it must be quick. */
public interface CommitWatch {
    /** The device has made one commit durable, and was busy with it for so long. */
    void written(Duration took);

    /** So many events were acknowledged together. */
    void committed(int events);

    /** So many events could not be written, or not be taken in. */
    void failed(int events);
}
