package dev.moorage.domain;

/**
 * The mark of a rule on what it has changed the course of.
 *
 * @param rule the id of the rule; empty for a call of the incident itself
 * @param incident the id of the incident that the rule belongs to; empty for a rule of its own
 * @param progression how long the slow part of the call takes instead, as {@link Progression} writes it; empty for as
 *     long as ever
 * @param failsLate what it begins falls back once it is due
 */
public record Stamp(String rule, String incident, String progression, boolean failsLate) {
    /** What says nothing is not written to the journal, and comes back from there as null. */
    public Stamp {
        incident = incident == null ? "" : incident;
        progression = progression == null ? "" : progression;
    }

    /** What it holds up waits for a hand, whatever ends. */
    public boolean outlivesItsIncident() {
        return progression.equals(Progression.Held.NEVER.toString());
    }

    /** What people are told of it: the incident, or else the rule. */
    public String name() {
        return incident.isEmpty() ? rule : incident;
    }
}
