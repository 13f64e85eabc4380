package dev.moorage.load;

/** Why there could be no run, in a sentence. */
public final class NotRun extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public NotRun(String sentence) {
        super(sentence);
    }
}
