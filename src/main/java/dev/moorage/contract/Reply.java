package dev.moorage.contract;

/** An answer, ready for the wire. {@code code} is the error's, or {@code OK}. */
public record Reply(int status, Format format, String code, byte[] body) {}
