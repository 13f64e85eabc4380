package dev.moorage.action;

/** An API verb with its arguments. */
public sealed interface Action permits Query, Change {}
