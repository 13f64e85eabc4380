package dev.moorage.journal;

/**
 * Something about the files of a journal that is not as it should be.
 *
 * @param isDamage whether what was acknowledged may be lost, which a commit that a crash cut short was not
 * @param text a sentence without its stop: what, where, and whose
 */
public record Finding(boolean isDamage, String text) {
    static Finding damage(String text) {
        return new Finding(true, text);
    }

    @Override
    public String toString() {
        return text;
    }
}
