package dev.moorage.journal;

import org.fusesource.leveldbjni.JniDBFactory;
import org.iq80.leveldb.DBFactory;
import org.iq80.leveldb.impl.Iq80DBFactory;

/** Which LevelDB: both have the same API and write the same files. */
public enum Engine {
    /** The native one where its library loads, else the port. */
    AUTO,
    JNI,
    JAVA;

    /**
     * The engine by its name in the configuration.
     *
     * @throws IllegalArgumentException if there is none of that name
     */
    public static Engine of(String name) {
        for (var engine : values()) {
            if (engine.name().equalsIgnoreCase(name)) return engine;
        }
        throw new IllegalArgumentException("journal.engine is auto, jni or java, not " + name);
    }

    DBFactory factory() {
        return switch (this) {
            case JNI -> JniDBFactory.factory;
            case JAVA -> Iq80DBFactory.factory;
            case AUTO -> nativeOrPort();
        };
    }

    private static DBFactory nativeOrPort() {
        try {
            return JniDBFactory.factory;
        } catch (LinkageError e) {
            return Iq80DBFactory.factory;
        }
    }

    static String nameOf(DBFactory factory) {
        return factory instanceof Iq80DBFactory ? "java" : "jni";
    }
}
