package dev.moorage.load;

/** Told of a run while it goes on, on its thread. */
public interface Live {
    /** Nobody looks. */
    Live NOBODY = new Live() {
        @Override
        public void second(Report.Second second, long finished, long planned) {}

        @Override
        public void end() {}
    };

    /** A second is over, and so many of the calls that are planned have come to their end. */
    void second(Report.Second second, long finished, long planned);

    void end();
}
