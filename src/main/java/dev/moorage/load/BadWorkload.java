package dev.moorage.load;

/** What is wrong with what was asked for, in a sentence. */
public final class BadWorkload extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadWorkload(String sentence) {
        super(sentence);
    }
}
