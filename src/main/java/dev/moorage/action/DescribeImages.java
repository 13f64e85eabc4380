package dev.moorage.action;

import static dev.moorage.contract.ErrorCode.DRY_RUN_OPERATION;
import static dev.moorage.contract.ErrorCode.INVALID_ARCHITECTURE;
import static dev.moorage.contract.ErrorCode.INVALID_IMAGE_OWNER_ALIAS_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED;
import static dev.moorage.contract.ErrorCode.INVALID_OS_TYPE;
import static dev.moorage.contract.ErrorCode.INVALID_REGION_ID_NOT_FOUND;
import static dev.moorage.contract.ErrorCode.INVALID_USAGE;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.moorage.contract.Arguments;
import dev.moorage.contract.Call;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.view.AccountView;
import java.time.Instant;
import dev.moorage.view.Listed;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Lists public images. Filters narrow one another; an id that matches nothing is no error. */
record DescribeImages(Arguments arguments) implements Query {
    private static final int NO_TOKENS = 0;
    private static final long BEFORE_ALL = -1;
    private static final String OWNER = "system";
    private static final String STATUS = "Available";
    private static final String IN_USE = "instance";
    private static final String NOT_IN_USE = "none";

    private static final Set<String> OWNERS = Set.of(OWNER, "self", "others", "marketplace");
    private static final Set<String> OS_TYPES = Set.of("windows", "linux");
    private static final Set<String> ARCHITECTURES = Set.of("i386", "x86_64", "arm64");
    private static final Set<String> USAGES = Set.of(IN_USE, NOT_IN_USE);

    /** What each plain filter is compared with, in any case of letters. What public images do not have is empty. */
    private static final Map<String, Function<Image, String>> FILTERS = new TreeMap<>(Map.ofEntries(
            Map.entry("ImageFamily", Image::family),
            Map.entry("ImageOwnerAlias", image -> OWNER),
            Map.entry("OSType", Image::osType),
            Map.entry("Architecture", Image::architecture),
            Map.entry("IsSupportIoOptimized", image -> "true"),
            Map.entry("IsSupportCloudinit", image -> "true"),
            Map.entry("IsPublic", image -> "true"),
            Map.entry("SnapshotId", image -> ""),
            Map.entry("ImageOwnerId", image -> ""),
            Map.entry("ResourceGroupId", image -> "")));

    static DescribeImages of(Call call) {
        return new DescribeImages(call.arguments());
    }

    @Override
    public Outcome answer(AccountView view, Instant now) {
        var wrong = wrong();
        if (wrong.isPresent()) return wrong.get();
        var inUse = view.instancesAfter(BEFORE_ALL)
                .map(listed -> listed.thing().spec().imageId())
                .collect(Collectors.toUnmodifiableSet());
        var page = paging().byNumber(DescribeImages::imagesAfter, filter(inUse));
        var body = JsonNodeFactory.instance.objectNode();
        body.put("RegionId", arguments.required("RegionId"));
        body.put("PageNumber", page.number());
        body.put("PageSize", page.size());
        body.put("TotalCount", page.total());
        var images = body.putObject("Images").putArray("Image");
        page.items().forEach(image -> images.add(describe(image, inUse)));
        return Outcome.success(body);
    }

    private Paging paging() {
        return new Paging(arguments, NO_TOKENS);
    }

    private static Stream<Listed<Image>> imagesAfter(long place) {
        return Listed.inOrder(
                IntStream.range(0, Images.ALL.size()).mapToObj(index -> new Listed<>(index, Images.ALL.get(index))),
                place);
    }

    private Optional<Rejection> wrong() {
        if (!Regions.isRegion(arguments.required("RegionId"))) {
            return Optional.of(Rejection.of(INVALID_REGION_ID_NOT_FOUND));
        }
        if (!isUnsetOrIn("ImageOwnerAlias", OWNERS)) {
            return Optional.of(Rejection.of(INVALID_IMAGE_OWNER_ALIAS_VALUE_NOT_SUPPORTED));
        }
        if (arguments.has("InstanceType") && instanceType().isEmpty()) {
            return Optional.of(Rejection.of(INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED));
        }
        if (!isUnsetOrIn("OSType", OS_TYPES)) return Optional.of(Rejection.of(INVALID_OS_TYPE));
        if (!isUnsetOrIn("Architecture", ARCHITECTURES)) return Optional.of(Rejection.of(INVALID_ARCHITECTURE));
        if (!isUnsetOrIn("Usage", USAGES)) return Optional.of(Rejection.of(INVALID_USAGE));
        var wrongPage = paging().wrongNumber();
        if (wrongPage.isPresent()) return wrongPage;
        return arguments.isTrue("DryRun") ? Optional.of(Rejection.of(DRY_RUN_OPERATION)) : Optional.empty();
    }

    private boolean isUnsetOrIn(String parameter, Set<String> known) {
        return arguments.string(parameter).map(known::contains).orElse(true);
    }

    private Optional<InstanceType> instanceType() {
        return arguments.string("InstanceType").flatMap(InstanceTypes::find);
    }

    private Predicate<Image> filter(Set<String> inUse) {
        if (!arguments.indexes("Tag").isEmpty()) return image -> false;
        Predicate<Image> filter = image -> isOneOf("Status", STATUS) && isOneOf("ImageId", image.id());
        var name = arguments.string("ImageName");
        if (name.isPresent()) filter = filter.and(image -> Names.isLike(image.id(), name.get()));
        var usage = arguments.string("Usage");
        if (usage.isPresent()) filter = filter.and(image -> usage(image, inUse).equals(usage.get()));
        var type = instanceType();
        if (type.isPresent()) filter = filter.and(image -> image.runsOn(type.get()));
        for (var field : FILTERS.entrySet()) {
            var value = arguments.string(field.getKey());
            if (value.isEmpty()) continue;
            filter = filter.and(
                    image -> value.get().equalsIgnoreCase(field.getValue().apply(image)));
        }
        return filter;
    }

    /** Whether a parameter, which can name several with commas between them, names this one or is not there. */
    private boolean isOneOf(String parameter, String value) {
        return arguments
                .string(parameter)
                .map(all -> Arrays.asList(all.split("\\s*,\\s*")).contains(value))
                .orElse(true);
    }

    private static String usage(Image image, Set<String> inUse) {
        return inUse.contains(image.id()) ? IN_USE : NOT_IN_USE;
    }

    private static ObjectNode describe(Image image, Set<String> inUse) {
        var node = JsonNodeFactory.instance.objectNode();
        node.put("ImageId", image.id());
        node.put("ImageName", image.id());
        node.put("ImageFamily", image.family());
        node.put("ImageOwnerAlias", OWNER);
        node.put("ImageVersion", "");
        node.put("Description", "");
        node.put("OSName", image.osName());
        node.put("OSNameEn", image.osNameEn());
        node.put("OSType", image.osType());
        node.put("Platform", image.platform());
        node.put("Architecture", image.architecture());
        node.put("Size", image.size());
        node.put("Status", STATUS);
        node.put("Progress", "100%");
        node.put("Usage", usage(image, inUse));
        node.put("CreationTime", image.creationTime());
        node.put("IsPublic", true);
        node.put("IsCopied", false);
        node.put("IsSubscribed", false);
        node.put("IsSelfShared", "");
        node.put("IsSupportIoOptimized", true);
        node.put("IsSupportCloudinit", true);
        node.put("ProductCode", "");
        node.put("ResourceGroupId", "");
        node.putObject("DiskDeviceMappings").putArray("DiskDeviceMapping");
        node.putObject("Tags").putArray("Tag");
        return node;
    }
}
