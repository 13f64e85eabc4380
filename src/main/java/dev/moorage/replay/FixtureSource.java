package dev.moorage.replay;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.moorage.domain.Attachment;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.EntityId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.domain.Slot;
import dev.moorage.view.World;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The source of a test that folds the events of a fixture, and finds what was found when they were written. */
final class FixtureSource {
    private static final String CLASS = """
            package dev.moorage.replay;

            import static java.nio.charset.StandardCharsets.UTF_8;
            import static org.assertj.core.api.Assertions.assertThat;

            %1$s

            /** A history as a journal had it: what it came to is to be found again, until this test says otherwise. */
            class %2$s {
                private final World world = new World();

                @BeforeEach
                void foldTheEvents() throws IOException {
                    try (var resource = %2$s.class.getResourceAsStream(%3$s)) {
                        long offset = 0;
                        for (var line : new String(resource.readAllBytes(), UTF_8).lines().toList()) {
                            var recorded = EventCodec.decode(offset, record(line.getBytes(UTF_8)));
                            world.apply(offset++, recorded.entity(), recorded.event());
                        }
                    }
                }

                /** A line as it stands in a journal: behind its checksum. */
                private static byte[] record(byte[] json) {
                    var checksum = new CRC32C();
                    checksum.update(json);
                    return ByteBuffer.allocate(Integer.BYTES + json.length)
                            .putInt((int) checksum.getValue())
                            .put(json)
                            .array();
                }

            %4$s}
            """;

    private static final String TEST = """
                @Test
                void %s() {
            %s    }
            """;

    /** What a line of a test holds, without its indentation. */
    private static final int LINE = 112;

    private final EntityId subject;
    private final Set<String> imports = new TreeSet<>(Set.of(
            "dev.moorage.journal.EventCodec",
            "dev.moorage.view.World",
            "java.io.IOException",
            "java.nio.ByteBuffer",
            "java.util.zip.CRC32C",
            "org.junit.jupiter.api.BeforeEach",
            "org.junit.jupiter.api.Test"));
    private final Set<String> methods = new HashSet<>();

    FixtureSource(EntityId subject) {
        this.subject = subject;
    }

    /** The file of the events. */
    String resource() {
        return subject.value() + ".jsonl";
    }

    String className() {
        String name = identifier(subject);
        return name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1) + "Test";
    }

    /** The test, with what {@code world} has of these now. */
    String of(World world, Collection<EntityId> entities) {
        String tests = entities.stream()
                .map(id -> id instanceof DiskId disk
                        ? test(disk, world.disk(disk))
                        : test((InstanceId) id, world.instance((InstanceId) id)))
                .collect(Collectors.joining("\n"));
        String imported = imports.stream().map(type -> "import " + type + ";").collect(Collectors.joining("\n"));
        return CLASS.formatted(imported, className(), literal(resource()), tests);
    }

    private String test(DiskId id, @Nullable Disk disk) {
        if (disk == null) return test(id, "IsNotThere", isNull("world.disk(" + literal(id) + ")"));
        return test(
                id,
                "Is" + disk.status().wire().replace("_", ""),
                "var disk = world.disk(" + literal(id) + ");",
                isEqual("disk.status()", literal(disk.status())),
                disk.attachment() == null
                        ? isNull("disk.attachment()")
                        : isEqual("disk.attachment()", literal(disk.attachment())),
                isDue("disk.deadline()", disk.deadline()));
    }

    private String test(InstanceId id, @Nullable Instance instance) {
        if (instance == null) return test(id, "IsNotThere", isNull("world.instance(" + literal(id) + ")"));
        return test(
                id,
                "Is" + instance.status().wire(),
                "var instance = world.instance(" + literal(id) + ");",
                isEqual("instance.status()", literal(instance.status())),
                hasSlots(instance.slots()),
                isDue("instance.deadline()", instance.deadline()));
    }

    private String test(EntityId id, String isWhat, String... statements) {
        String lines = Arrays.stream(statements)
                .map(statement -> "        " + statement + "\n")
                .collect(Collectors.joining());
        return TEST.formatted(unused(identifier(id) + isWhat), lines);
    }

    /** Ids that differ in their hyphens only look the same as identifiers. */
    private String unused(String name) {
        String free = name;
        for (int n = 2; !methods.add(free); n++) free = name + n;
        return free;
    }

    /** On one line if it fits there, else as the formatter breaks it. */
    private static String statement(String first, String... calls) {
        String line = first + String.join("", calls) + ";";
        return line.length() <= LINE
                ? line
                : first + "\n                " + String.join("\n                ", calls) + ";";
    }

    private static String isNull(String actual) {
        return statement("assertThat(" + actual + ")", ".isNull()");
    }

    private static String isEqual(String actual, String expected) {
        return statement("assertThat(" + actual + ")", ".isEqualTo(" + expected + ")");
    }

    private String isDue(String actual, @Nullable Instant due) {
        if (due == null) return isNull(actual);
        imports.add(Instant.class.getName());
        return isEqual(actual, "Instant.parse(" + literal(due.toString()) + ")");
    }

    private String hasSlots(List<Slot> slots) {
        if (slots.isEmpty()) return statement("assertThat(instance.slots())", ".isEmpty()");
        imports.add(Slot.class.getName());
        String disks = slots.stream().map(slot -> literal(slot.diskId())).collect(Collectors.joining(", "));
        return statement(
                "assertThat(instance.slots())", ".extracting(Slot::diskId)", ".containsExactly(" + disks + ")");
    }

    private String literal(Attachment attachment) {
        imports.add(Attachment.class.getName());
        return "new Attachment(" + literal(attachment.instanceId()) + ", " + literal(attachment.device()) + ", "
                + literal(attachment.reservation()) + ")";
    }

    private String literal(EntityId id) {
        imports.add(id.getClass().getName());
        return "new " + id.getClass().getSimpleName() + "(" + literal(id.value()) + ")";
    }

    private String literal(Enum<?> constant) {
        imports.add(constant.getDeclaringClass().getName());
        return constant.getDeclaringClass().getSimpleName() + "." + constant.name();
    }

    /** What JSON escapes, and how, Java does too. */
    private static String literal(String text) {
        return TextNode.valueOf(text).toString();
    }

    /** {@code d-web-1} is {@code dWeb1}. */
    private static String identifier(EntityId id) {
        return Arrays.stream(id.value().split("[^0-9A-Za-z]+"))
                .filter(part -> !part.isEmpty())
                .map(part -> part.substring(0, 1).toUpperCase(Locale.ROOT) + part.substring(1))
                .collect(Collectors.collectingAndThen(
                        Collectors.joining(),
                        name -> name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1)));
    }
}
