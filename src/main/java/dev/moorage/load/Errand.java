package dev.moorage.load;

/** A call that is to be sent as soon as there is room on a line. */
public interface Errand {
    /** What is to be sent; asked for once, when it is sent. */
    Asked asked();

    /** Takes the answer, or the word for there being none. Called once. */
    void done(Answer answer);
}
