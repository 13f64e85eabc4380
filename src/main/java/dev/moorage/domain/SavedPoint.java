package dev.moorage.domain;

import java.time.Instant;

/**
 * A moment to which disks and instances can be brought back.
 *
 * @param offset of the last event up to then
 * @param at simulated time
 * @param instances how many there were
 * @param disks how many there were
 */
public record SavedPoint(long offset, Instant at, int instances, int disks) {}
