package dev.moorage.action;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The instance types that are sold: every one in every zone. */
final class InstanceTypes {
    static final List<InstanceFamily> FAMILIES = ReferenceData.read("instance-families.json", InstanceFamily[].class);

    static final List<InstanceType> ALL = FAMILIES.stream()
            .flatMap(family -> family.sizes().stream().map(size -> new InstanceType(family, size)))
            .toList();

    private static final Map<String, InstanceType> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(InstanceType::id, Function.identity()));

    private InstanceTypes() {}

    static Optional<InstanceType> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }

    /** The categories of disks that at least one of these takes. */
    static List<String> diskCategories(Collection<InstanceType> types) {
        return types.stream()
                .flatMap(type -> type.family().diskCategories().stream())
                .distinct()
                .toList();
    }
}
