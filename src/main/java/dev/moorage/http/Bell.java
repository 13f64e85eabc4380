package dev.moorage.http;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Rings when something new is in the world, for those who wait for that. */
public final class Bell {
    /** Somebody who may be waiting. Both are called on whichever thread rings. */
    interface Listener {
        void rung();

        void closed();
    }

    private final Set<Listener> listeners = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** To be called after the world has changed. */
    public void ring() {
        if (!listeners.isEmpty()) listeners.forEach(Listener::rung);
    }

    /** There will be nothing new any more. */
    void close() {
        closed = true;
        listeners.forEach(Listener::closed);
    }

    void add(Listener listener) {
        listeners.add(listener);
        if (closed) listener.closed();
    }

    void remove(Listener listener) {
        listeners.remove(listener);
    }
}
