package dev.moorage.benchmark;

/**
 * How many times as much one measurement has of a figure as another one has, its reference: the median of the ratios of
 * the rounds.
 */
record Claim(String of, String reference, String figure) {}
