package dev.moorage.fault;

/**
 * How many calls a minute are let through, and what the others hear.
 *
 * @param rule the id of the rule that says so; empty for what is set for all
 * @param incident the id of the incident that the rule belongs to; empty if there is none
 */
public record Quota(String rule, String incident, String code, long limit) {}
