package dev.moorage.simulation;

/** Something runs on a thread that no seed decides about. The stack is the stranger's. */
final class ForeignThread extends RuntimeException {
    private static final long serialVersionUID = 1;

    ForeignThread(String name) {
        super("The thread " + name + " has a part in what is to be decided by the seed alone");
    }
}
