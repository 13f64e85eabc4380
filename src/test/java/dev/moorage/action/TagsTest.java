package dev.moorage.action;

import static dev.moorage.action.Examples.DISK;
import static dev.moorage.action.Examples.INSTANCE;
import static dev.moorage.action.Examples.NOW;
import static dev.moorage.action.Examples.SNAPSHOT;
import static dev.moorage.action.Examples.STORY;
import static dev.moorage.action.Examples.conditions;
import static dev.moorage.action.Examples.disk;
import static dev.moorage.action.Examples.instance;
import static dev.moorage.action.Examples.snapshot;
import static dev.moorage.action.Examples.world;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.Disk;
import dev.moorage.domain.DiskEvent;
import dev.moorage.domain.DiskId;
import dev.moorage.domain.DiskStatus;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.domain.Tags;
import dev.moorage.view.AccountView;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Setting, removing and listing tags, in the new form and in the old one. */
class TagsTest {
    private static final Conditions CONDITIONS = conditions(Compatibility.Y2018);
    private static final SortedMap<String, String> TWO = Tags.of(Map.of("env", "test", "owner", "me"));

    /** A disk, its instance and its snapshot, all with the same tags. */
    private static World world(SortedMap<String, String> tags) {
        var instance = instance(InstanceStatus.RUNNING);
        return Examples.world(tagged(tags), instance.withSpec(instance.spec().withTags(tags)));
    }

    private static Disk tagged(SortedMap<String, String> tags) {
        var disk = disk(DiskStatus.IN_USE).withSnapshots(List.of(snapshot().withTags(tags)));
        return disk.withSpec(disk.spec().withTags(tags));
    }

    private static AccountView view(SortedMap<String, String> tags) {
        return world(tags).of(Examples.ACCOUNT);
    }

    private static SortedMap<String, String> many(int count) {
        var tags = new TreeMap<String, String>();
        for (int n = 1; n <= count; n++) tags.put("k" + n, "");
        return tags;
    }

    private static Action verb(String action, String... more) {
        var arguments = Stream.concat(
                Stream.of(
                        "RegionId",
                        "cn-hangzhou",
                        "ResourceType",
                        "disk",
                        action.endsWith("Tags") ? "ResourceId" : "ResourceId.1",
                        DISK.value()),
                Stream.of(more));
        return Examples.verb(action, arguments.toArray(String[]::new));
    }

    private static @Nullable ErrorCode check(String action, String... more) {
        return ((Change) verb(action, more))
                .check(view(TWO))
                .map(outcome -> ((Rejection) outcome).code())
                .orElse(null);
    }

    private static List<? extends Change> parts(String action, String... more) {
        var verb = (Batch) verb(action, more);
        assertThat(verb.check(view(TWO))).isEmpty();
        return ((Batch) verb.routed(view(TWO))).parts();
    }

    private static Decision decision(String action, String... more) {
        return ((DiskChange) parts(action, more).get(0)).decide(tagged(TWO), CONDITIONS);
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "RegionId, cn-beijing, INVALID_RESOURCE_ID_NOT_FOUND",
        "ResourceType, volcano, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "ResourceType, Disk, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "ResourceType, image, INVALID_RESOURCE_ID_NOT_FOUND",
        "ResourceType, instance, INVALID_RESOURCE_ID_NOT_FOUND",
        "ResourceId.1, '', MISSING_PARAMETER_RESOURCE_IDS",
        "ResourceId.2, d-unknown, INVALID_RESOURCE_ID_NOT_FOUND",
        "Tag.1.Key, '', MISSING_PARAMETER_TAGS",
        "Tag.1.Key, acs:x, INVALID_TAG_KEY_MALFORMED",
        "Tag.2.Value, x, INVALID_TAG_KEY_MALFORMED",
        "Tag.1.Value, http://x, INVALID_TAG_VALUE_MALFORMED",
        "Tag.2.Key, new, DUPLICATE_TAG_KEY",
        "Tag.2.Key, other,"
    })
    void checksWhatIsToBeTagged(String parameter, String value, @Nullable ErrorCode expected) {
        assertThat(check("TagResources", "Tag.1.Key", "new", parameter, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "ResourceType, volcano, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "ResourceId.1, '', MISSING_PARAMETER_RESOURCE_IDS",
        "ResourceId.2, d-unknown, INVALID_RESOURCE_ID_NOT_FOUND",
        "TagKey.1, '', MISSING_PARAMETER_TAGS",
        "TagKey.2, env,"
    })
    void checksWhatIsToBeUntagged(String parameter, String value, @Nullable ErrorCode expected) {
        assertThat(check("UntagResources", "TagKey.1", "env", parameter, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "ResourceType, volcano, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "ResourceId, d-unknown, INVALID_RESOURCE_ID_NOT_FOUND",
        "Tag.1.Key, '', MISSING_PARAMETER_TAG_KEY",
        "Tag.1.Key, acs:x, INVALID_TAG_KEY_MALFORMED"
    })
    void checksTheOldFormToo(String parameter, String value, ErrorCode expected) {
        assertThat(check("AddTags", "Tag.1.Key", "new", parameter, value)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "ResourceType, volcano, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "ResourceId, d-unknown, INVALID_RESOURCE_ID_NOT_FOUND",
        "Tag.2.Value, x, INVALID_TAG_MISMATCH"
    })
    void checksTheOldFormOfRemovingToo(String parameter, String value, ErrorCode expected) {
        assertThat(check("RemoveTags", "Tag.1.Key", "env", parameter, value)).isEqualTo(expected);
    }

    @Test
    void aCallHasItsLimits() {
        var ids = IntStream.rangeClosed(1, 51)
                .boxed()
                .flatMap(n -> Stream.of("ResourceId." + n, DISK.value()))
                .toArray(String[]::new);
        assertThat(check("TagResources", ids)).isEqualTo(ErrorCode.NUMBER_EXCEED_RESOURCE_IDS);
        assertThat(check("UntagResources", ids)).isEqualTo(ErrorCode.NUMBER_EXCEED_RESOURCE_IDS);
        assertThat(check("TagResources", numbered("Tag.%d.Key"))).isEqualTo(ErrorCode.NUMBER_EXCEED_TAGS);
        assertThat(check("UntagResources", numbered("TagKey.%d"))).isEqualTo(ErrorCode.NUMBER_EXCEED_TAGS);
        assertThat(check("AddTags", numbered("Tag.%d.Key"))).isEqualTo(ErrorCode.INVALID_TAG_COUNT);
        assertThat(check("RemoveTags", numbered("Tag.%d.Key"))).isEqualTo(ErrorCode.INVALID_TAG_COUNT);
    }

    private static String[] numbered(String name) {
        return IntStream.rangeClosed(1, 21)
                .boxed()
                .flatMap(n -> Stream.of(name.formatted(n), "k" + n))
                .toArray(String[]::new);
    }

    @ParameterizedTest
    @CsvSource({
        "TagResources, new, OPERATION_DENIED_QUOTA_EXCEED",
        "TagResources, k1,",
        "AddTags, new, INVALID_TAG_COUNT",
        "AddTags, k1,"
    })
    void aResourceHasItsLimitToo(String action, String key, @Nullable ErrorCode expected) {
        var verb = (Batch) verb(action, "Tag.1.Key", key);
        assertThat(verb.check(view(many(20))).map(outcome -> ((Rejection) outcome).code()))
                .isEqualTo(Optional.ofNullable(expected));
        // It became so many only after the call was checked.
        var part = (DiskChange) ((Batch) verb.routed(view(TWO))).parts().get(0);
        var late = part.decide(tagged(many(20)), CONDITIONS);
        assertThat(late instanceof Decision.Rejected no ? no.rejection().code() : null)
                .isEqualTo(expected);
    }

    @Test
    void setsWhatIsNotSoYet() {
        assertThat(decision(
                        "TagResources",
                        "Tag.1.Key",
                        "env",
                        "Tag.1.Value",
                        "prod",
                        "Tag.2.Key",
                        "owner",
                        "Tag.2.Value",
                        "me"))
                .isEqualTo(Decision.accept(new DiskEvent.Tagged(STORY, Tags.of(Map.of("env", "prod")))));
        assertThat(decision("AddTags", "Tag.1.key", "owner", "Tag.1.value", "me"))
                .isEqualTo(Decision.accept());
    }

    @Test
    void removesWhatIsThere() {
        assertThat(decision("UntagResources", "TagKey.1", "env", "TagKey.2", "unknown"))
                .isEqualTo(Decision.accept(new DiskEvent.Untagged(STORY, List.of("env"))));
        assertThat(decision("UntagResources", "All", "true"))
                .isEqualTo(Decision.accept(new DiskEvent.Untagged(STORY, List.of("env", "owner"))));
        assertThat(decision("UntagResources", "All", "true", "TagKey.1", "env"))
                .isEqualTo(Decision.accept(new DiskEvent.Untagged(STORY, List.of("env"))));
        assertThat(decision("UntagResources", "TagKey.1", "unknown")).isEqualTo(Decision.accept());
    }

    @ParameterizedTest
    @CsvSource({"env, '', env", "env, test, env", "env, prod, ''", "'', '', env owner"})
    void removesInTheOldForm(String key, String value, String expected) {
        var removed = ((Decision.Accepted) decision("RemoveTags", "Tag.1.Key", key, "Tag.1.Value", value)).events();
        assertThat(removed)
                .isEqualTo(
                        expected.isEmpty()
                                ? List.of()
                                : List.of(new DiskEvent.Untagged(STORY, List.of(expected.split(" ")))));
    }

    @Test
    void tagsInstances() {
        var tag = (InstanceChange)
                parts("TagResources", "ResourceType", "instance", "ResourceId.1", INSTANCE.value(), "Tag.1.Key", "new")
                        .get(0);
        assertThat(tag.admit(instance(InstanceStatus.RUNNING), CONDITIONS))
                .isEqualTo(Admission.decide(new InstanceEvent.Tagged(STORY, Tags.of(Map.of("new", "")))));
        var full = instance(InstanceStatus.RUNNING);
        assertThat(tag.admit(full.withSpec(full.spec().withTags(many(20))), CONDITIONS))
                .isEqualTo(Admission.reject(ErrorCode.OPERATION_DENIED_QUOTA_EXCEED));
        var untag = (InstanceChange)
                parts("UntagResources", "ResourceType", "instance", "ResourceId.1", INSTANCE.value(), "All", "true")
                        .get(0);
        assertThat(untag.admit(full.withSpec(full.spec().withTags(TWO)), CONDITIONS))
                .isEqualTo(Admission.decide(new InstanceEvent.Untagged(STORY, List.of("env", "owner"))));
    }

    @Test
    void tagsSnapshotsAlsoOfDisksThatAreGone() {
        var tag = (DiskChange)
                parts("TagResources", "ResourceType", "snapshot", "ResourceId.1", SNAPSHOT.value(), "Tag.1.Key", "new")
                        .get(0);
        assertThat(tag.diskId()).isEqualTo(DISK);
        assertThat(tag.outlivesTheDisk()).isTrue();
        assertThat(tag.decide(tagged(TWO).withStatus(DiskStatus.RELEASED), CONDITIONS))
                .isEqualTo(Decision.accept(new DiskEvent.SnapshotTagged(STORY, SNAPSHOT, Tags.of(Map.of("new", "")))));
        assertThat(tag.decide(tagged(many(20)), CONDITIONS))
                .isEqualTo(Decision.reject(ErrorCode.OPERATION_DENIED_QUOTA_EXCEED));
        var untag = (DiskChange)
                parts("UntagResources", "ResourceType", "snapshot", "ResourceId.1", SNAPSHOT.value(), "TagKey.1", "env")
                        .get(0);
        assertThat(untag.decide(tagged(TWO), CONDITIONS))
                .isEqualTo(Decision.accept(new DiskEvent.SnapshotUntagged(STORY, SNAPSHOT, List.of("env"))));
        assertThat(untag.decide(disk(DiskStatus.IN_USE), CONDITIONS)).isEqualTo(Decision.accept());
    }

    @Test
    void tagsEachOnceThatIsNamedTwice() {
        assertThat(parts("TagResources", "ResourceId.2", DISK.value(), "Tag.1.Key", "new"))
                .hasSize(1);
    }

    private static Outcome list(AccountView view, String action, String... arguments) {
        var all = Stream.concat(Stream.of("RegionId", "cn-hangzhou"), Stream.of(arguments));
        return ((Query) Examples.verb(action, all.toArray(String[]::new))).answer(view, NOW);
    }

    private static List<String> pairs(JsonNode body) {
        var pairs = new ArrayList<String>();
        body.at("/TagResources/TagResource")
                .forEach(pair -> pairs.add(pair.path("ResourceId").asText() + " "
                        + pair.path("TagKey").asText() + "="
                        + pair.path("TagValue").asText()));
        return pairs;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "disk | ResourceId.1 | d-23jbf2v5m | d-23jbf2v5m env=test,d-23jbf2v5m owner=me",
                "disk | ResourceId.1 | d-unknown | ''",
                "instance | ResourceId.1 | i-23jggx34b | i-23jggx34b env=test,i-23jggx34b owner=me",
                "snapshot | ResourceId.1 | s-23jsnap01 | s-23jsnap01 env=test,s-23jsnap01 owner=me",
                "snapshot | Tag.1.Key | env | s-23jsnap01 env=test",
                "disk | Tag.1.Key | gone | ''",
                "image | Tag.1.Key | env | ''"
            })
    void listsTagsByResourceOrByTag(String type, String parameter, String value, String expected) {
        var answer = (Outcome.Success) list(view(TWO), "ListTagResources", "ResourceType", type, parameter, value);
        assertThat(String.join(",", pairs(answer.body()))).isEqualTo(expected);
        assertThat(answer.body().path("NextToken").textValue()).isEmpty();
    }

    @Test
    void listsWhatHasAllTags() {
        var disk = new String[] {"ResourceType", "disk", "Tag.1.Key", "env", "Tag.1.Value", "test", "Tag.2.Key", ""};
        disk[7] = "owner";
        assertThat(pairs(((Outcome.Success) list(view(TWO), "ListTagResources", disk)).body()))
                .hasSize(2);
        disk[7] = "gone";
        assertThat(pairs(((Outcome.Success) list(view(TWO), "ListTagResources", disk)).body()))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "ResourceId.1, '', MISSING_PARAMETER_TAGS",
        "Tag.1.Value, x, INVALID_TAG_MISMATCH",
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "ResourceType, volcano, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "NextToken, x, INVALID_PARAMETER"
    })
    void rejectsListsThatCannotBe(String parameter, String value, ErrorCode expected) {
        assertThat(list(
                        view(TWO),
                        "ListTagResources",
                        "ResourceType",
                        "disk",
                        "ResourceId.1",
                        DISK.value(),
                        parameter,
                        value))
                .isInstanceOfSatisfying(
                        Rejection.class, no -> assertThat(no.code()).isEqualTo(expected));
    }

    @Test
    void listsNoMoreThanAPageOfWholeResources() {
        var world = world(TWO);
        for (int n = 0; n < 10; n++) {
            var id = new DiskId("d-" + n);
            world.apply(
                    10 + n,
                    id,
                    new DiskEvent.Provisioned(STORY, tagged(many(20)).withId(id).withSnapshots(List.of())));
        }
        var seen = new ArrayList<String>();
        String token = "";
        do {
            var page = ((Outcome.Success) list(
                            world.of(Examples.ACCOUNT),
                            "ListTagResources",
                            "ResourceType",
                            "disk",
                            "Tag.1.Key",
                            "k1",
                            "NextToken",
                            token))
                    .body();
            seen.addAll(pairs(page));
            token = page.path("NextToken").asText();
        } while (!token.isEmpty());
        assertThat(seen).hasSize(10).doesNotHaveDuplicates();

        var ids = IntStream.range(0, 10)
                .boxed()
                .flatMap(n -> Stream.of("ResourceId." + (n + 1), "d-" + n))
                .toList();
        var arguments = new ArrayList<>(List.of("ResourceType", "disk"));
        arguments.addAll(ids);
        var first = ((Outcome.Success)
                        list(world.of(Examples.ACCOUNT), "ListTagResources", arguments.toArray(String[]::new)))
                .body();
        assertThat(pairs(first)).hasSize(60);
        arguments.addAll(List.of("NextToken", first.path("NextToken").asText()));
        var second = ((Outcome.Success)
                        list(world.of(Examples.ACCOUNT), "ListTagResources", arguments.toArray(String[]::new)))
                .body();
        assertThat(pairs(second)).hasSize(60).doesNotContainAnyElementsOf(pairs(first));
    }

    @Test
    void countsWhoHasATag() {
        var body = ((Outcome.Success) list(view(TWO), "DescribeTags")).body();
        assertThat(body.path("TotalCount").intValue()).isEqualTo(2);
        assertThat(body.path("PageSize").intValue()).isEqualTo(50);
        assertThat(body.at("/Tags/Tag/0").toString())
                .isEqualTo("{\"TagKey\":\"env\",\"TagValue\":\"test\",\"ResourceTypeCount\":"
                        + "{\"Disk\":1,\"Image\":0,\"Instance\":1,\"Securitygroup\":0,\"Snapshot\":1}}");
    }

    @ParameterizedTest
    @CsvSource({
        "ResourceType, disk, 2",
        "ResourceType, image, 0",
        "ResourceId, i-23jggx34b, 2",
        "ResourceId, i-unknown, 0",
        "Tag.1.Key, env, 1",
        "PageSize, 1, 2"
    })
    void narrowsTheTags(String parameter, String value, int total) {
        var body = ((Outcome.Success) list(view(TWO), "DescribeTags", parameter, value)).body();
        assertThat(body.path("TotalCount").intValue()).isEqualTo(total);
    }

    @Test
    void pagesTheTags() {
        var second = ((Outcome.Success) list(view(TWO), "DescribeTags", "PageSize", "1", "PageNumber", "2")).body();
        assertThat(second.at("/Tags/Tag/0/TagKey").asText()).isEqualTo("owner");
        var third = ((Outcome.Success) list(view(TWO), "DescribeTags", "PageSize", "1", "PageNumber", "3")).body();
        assertThat(third.at("/Tags/Tag")).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "RegionId, mars-1, INVALID_REGION_ID_NOT_FOUND",
        "ResourceType, volcano, INVALID_RESOURCE_TYPE_NOT_FOUND",
        "Tag.1.Value, x, INVALID_TAG_MISMATCH",
        "PageNumber, 0, INVALID_PARAMETER",
        "PageSize, 101, INVALID_PARAMETER"
    })
    void rejectsCountsThatCannotBe(String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) list(view(TWO), "DescribeTags", parameter, value)).code())
                .isEqualTo(expected);
    }
}
