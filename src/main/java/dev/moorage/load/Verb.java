package dev.moorage.load;

/** What a workload can ask for, by the word that it has in a workload file. */
public enum Verb {
    ATTACH("AttachDisk"),
    DETACH("DetachDisk"),
    DESCRIBE("DescribeDisks"),
    CREATE("CreateDisk"),
    DELETE("DeleteDisk");

    private final String action;

    Verb(String action) {
        this.action = action;
    }

    public String action() {
        return action;
    }
}
