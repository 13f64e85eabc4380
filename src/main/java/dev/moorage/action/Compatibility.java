package dev.moorage.action;

/** Which of the vendor's documents DetachDisk follows, where they differ. */
public enum Compatibility {
    /** The document of 2018. */
    Y2018,
    /** Today's: more codes, system disks of stopped instances, DeleteWithInstance honoured. */
    CURRENT;

    /**
     * The value by its name in the configuration, {@code 2018} or {@code current}.
     *
     * @throws IllegalArgumentException if it is neither
     */
    public static Compatibility of(String name) {
        return switch (name) {
            case "2018" -> Y2018;
            case "current" -> CURRENT;
            default -> throw new IllegalArgumentException("compatibility is 2018 or current, not " + name);
        };
    }
}
