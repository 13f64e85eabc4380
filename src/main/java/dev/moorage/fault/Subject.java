package dev.moorage.fault;

import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceId;
import dev.moorage.view.World;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a call is about, as the world is when it comes in.
 *
 * @param disk the one that the call names, or the first of those
 * @param instance the one that the call names, or else the one that its disk is on
 */
public record Subject(
        String action,
        String account,
        String caller,
        @Nullable Disk disk,
        @Nullable Instance instance,
        Arguments arguments) {

    public static Subject of(Call call, World world) {
        var disk = id(call, "DiskId", "DiskIds")
                .map(id -> world.disk(new DiskId(id)))
                .orElse(null);
        var instance = id(call, "InstanceId", "InstanceIds")
                .map(InstanceId::new)
                .or(() -> disk == null || disk.attachment() == null
                        ? Optional.empty()
                        : Optional.of(disk.attachment().instanceId()))
                .map(world::instance)
                .orElse(null);
        return new Subject(
                call.action().action(),
                call.caller().account(),
                call.caller().name(),
                disk,
                instance,
                call.arguments());
    }

    /** The one that is named, be it alone or first in a list of either form. */
    private static Optional<String> id(Call call, String one, String list) {
        var arguments = call.arguments();
        return arguments
                .string(one)
                .or(() -> arguments.string(one + ".1"))
                .or(() -> arguments.jsonArray(list).flatMap(ids -> ids.stream().findFirst()))
                .filter(id -> id.length() > 2 && id.charAt(1) == '-');
    }

    /** Names more than the one that is known here. */
    boolean isAboutSeveral() {
        return Stream.of("DiskId", "InstanceId")
                .anyMatch(name -> arguments.has(name + ".2")
                        || arguments
                                .jsonArray(name + "s")
                                .map(ids -> ids.size() > 1)
                                .orElse(false));
    }

    public List<String> ids() {
        return Stream.concat(
                        Stream.ofNullable(disk).map(it -> it.id().value()),
                        Stream.ofNullable(instance).map(it -> it.id().value()))
                .toList();
    }
}
