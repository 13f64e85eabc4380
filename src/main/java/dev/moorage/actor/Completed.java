package dev.moorage.actor;

/** What has come of ending something by hand. */
public enum Completed {
    YES,
    /** Nothing was under way, or not for that reason. */
    NOTHING,
    /** Nothing was done, and it can be tried again. */
    NOT_NOW
}
