package dev.moorage.simulation;

/** What holds whatever happens, in whatever order, and wherever the power goes. */
enum Promise {
    ACKNOWLEDGED_IS_KEPT("an acknowledged call is found after any crash"),
    REFUSED_LEAVES_NOTHING("a refused call left no event on its disk"),
    ANSWERED("a call is answered"),
    SEEN("what was acknowledged can be seen"),
    ENDS_ONCE("whatever begins ends, and ends once"),
    ONE_INSTANCE("a disk is on one instance at most, or is for several"),
    ONE_DEVICE("a device has one disk"),
    SLOTS("an instance's devices are its disks' attachments"),
    PLACED("a disk is on an instance if its status says so, and else on none"),
    STAYS_WHERE_IT_IS("a disk leaves one instance at a time, and only if it is taken off or let go"),
    LEGAL("each event follows from the status before it"),
    REPLAYS("the replayed world equals the live one"),
    WAITED_FOR("a deadline is waited for, and not passed over"),
    NOT_EARLY("nothing ends before it is due"),
    STAYS_AFTER_DETACH("DeleteWithInstance is false after a detach"),
    NEW_IDS("an id is never given twice"),
    TIME("time never runs back in a history"),
    UNBROKEN("a history has no gaps, and every record can be read"),
    AT_REST("when all is done, nothing goes on"),
    COMES_TO_AN_END("a run comes to its end");

    private final String text;

    Promise(String text) {
        this.text = text;
    }

    String text() {
        return text;
    }
}
