package dev.moorage.journal;

import dev.moorage.domain.Controls;
import dev.moorage.domain.Event;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.ParameterizedType;
import java.util.Comparator;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.CRC32C;

/**
 * Tells one version of the fold from the next: the compiled classes of all events, and of whatever they hold. States
 * that another version has folded may not be what this one would make of the same events.
 */
final class FoldFingerprint {
    static final int VALUE = of(Event.class, Controls.class);

    private FoldFingerprint() {}

    private static int of(Class<?>... roots) {
        var classes = new TreeSet<Class<?>>(Comparator.comparing(Class::getName));
        for (var root : roots) collect(root, root.getPackageName(), classes);
        var crc = new CRC32C();
        for (var type : classes) crc.update(bytes(type));
        return (int) crc.getValue();
    }

    private static void collect(Class<?> type, String packageName, Set<Class<?>> classes) {
        if (!type.getPackageName().equals(packageName) || !classes.add(type)) return;
        if (type.isSealed()) {
            for (var event : type.getPermittedSubclasses()) collect(event, packageName, classes);
        }
        if (type.isRecord()) {
            for (var component : type.getRecordComponents()) {
                collect(component.getType(), packageName, classes);
                if (component.getGenericType() instanceof ParameterizedType list) {
                    for (var element : list.getActualTypeArguments()) {
                        collect((Class<?>) element, packageName, classes);
                    }
                }
            }
        }
    }

    private static byte[] bytes(Class<?> type) {
        String file = type.getName().substring(type.getPackageName().length() + 1) + ".class";
        try (var in = type.getResourceAsStream(file)) {
            return Objects.requireNonNull(in, file).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
