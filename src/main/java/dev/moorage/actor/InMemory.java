package dev.moorage.actor;

import java.util.concurrent.atomic.AtomicInteger;

/** How many entities are in memory. Their parent counts them; anybody may look. */
public record InMemory(AtomicInteger disks, AtomicInteger instances) {
    InMemory() {
        this(new AtomicInteger(), new AtomicInteger());
    }
}
