package dev.moorage.journal;

import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.persistence.PersistentRepr;
import akka.serialization.Serialization;
import akka.serialization.SerializationExtension;

/** Akka's own form of what persistent actors write: with its serializers, manifests and metadata. */
final class AkkaMessages {
    /** The payload has no serializer, or its serializer does not take it. */
    static final class CannotSerialize extends RuntimeException {
        private static final long serialVersionUID = 1;

        private CannotSerialize(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    private final Serialization serialization;

    AkkaMessages(ActorSystem system) {
        this.serialization = SerializationExtension.get(system);
    }

    byte[] serialize(PersistentRepr message) {
        var bytes = serialization.serialize(message);
        if (bytes.isFailure()) throw new CannotSerialize(bytes.failed().get());
        return bytes.get();
    }

    PersistentRepr deserialize(byte[] bytes) {
        return serialization.deserialize(bytes, PersistentRepr.class).get();
    }

    /** Written by whoever holds the directory, so which writer it was does not matter. */
    static PersistentRepr of(String persistenceId, long sequenceNr, Object payload, long timestamp) {
        return PersistentRepr.apply(payload, sequenceNr, persistenceId, "", false, ActorRef.noSender(), "")
                .withTimestamp(timestamp);
    }
}
