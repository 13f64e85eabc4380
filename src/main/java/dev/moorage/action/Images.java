package dev.moorage.action;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The public images: the same ones in every region. */
final class Images {
    static final List<Image> ALL = ReferenceData.read("images.json", Image[].class);

    private static final Map<String, Image> BY_ID =
            ALL.stream().collect(Collectors.toUnmodifiableMap(Image::id, Function.identity()));

    private Images() {}

    static Optional<Image> find(String id) {
        return Optional.ofNullable(BY_ID.get(id));
    }
}
