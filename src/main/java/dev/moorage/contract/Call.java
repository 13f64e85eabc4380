package dev.moorage.contract;

/** A request that is complete, of a known action and from a known caller. */
public record Call(ActionSpec action, Arguments arguments, String requestId, Caller caller) implements Received {}
