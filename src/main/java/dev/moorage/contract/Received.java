package dev.moorage.contract;

/** What became of a request at the gateway. */
public sealed interface Received permits Call, Failure, Throttled {}
