package dev.moorage.domain;

/**
 * What an operator wants to happen to some calls.
 *
 * @param incident the id of the incident that it is part of; empty for one of its own
 */
public record Rule(String id, String incident, RuleMatch match, RuleEffect effect, RuleLimits limits) {
    /** What it puts on what it changes the course of. What would wait for a hand waits no longer than the rule is there. */
    public Stamp stamp() {
        var until = limits.until();
        String progression = effect.progression();
        if (until != null && progression.equals(Progression.Held.MANUAL.toString())) {
            progression = new Progression.Until(until).toString();
        }
        return new Stamp(id, incident, progression, effect.failsLate());
    }

    public Rule of(String ruleId, String incidentId) {
        return new Rule(ruleId, incidentId, match, effect, limits);
    }
}
