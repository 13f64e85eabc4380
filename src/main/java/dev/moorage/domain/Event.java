package dev.moorage.domain;

/** A fact. Facts are never changed and never taken back. */
public sealed interface Event permits DiskEvent, InstanceEvent, ControlsEvent {
    Story story();
}
