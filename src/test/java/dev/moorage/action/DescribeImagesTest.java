package dev.moorage.action;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.moorage.contract.ErrorCode;
import dev.moorage.contract.Outcome;
import dev.moorage.contract.Rejection;
import dev.moorage.domain.ChargeType;
import dev.moorage.domain.Instance;
import dev.moorage.domain.InstanceEvent;
import dev.moorage.domain.InstanceSpec;
import dev.moorage.domain.InstanceStatus;
import dev.moorage.view.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DescribeImagesTest {
    private static final String UBUNTU = "ubuntu_22_04_x64_20G_alibase_20240926.vhd";
    private static final String ARM = "aliyun_3_arm64_20G_alibase_20240819.vhd";

    private final World world = new World();

    private Outcome ask(String region, String... arguments) {
        var all = new ArrayList<>(List.of("RegionId", region));
        all.addAll(List.of(arguments));
        return ((Query) Examples.verb("DescribeImages", all.toArray(String[]::new))).answer(world.of(Examples.ACCOUNT), Examples.NOW);
    }

    private JsonNode body(String... arguments) {
        return ((Outcome.Success) ask("cn-hangzhou", arguments)).body();
    }

    private List<String> ids(String... arguments) {
        var all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of("PageSize", "100"));
        return body(all.toArray(String[]::new)).at("/Images").findValuesAsText("ImageId");
    }

    @Test
    void saysWhatAnImageIs() {
        var image = body("ImageId", UBUNTU).at("/Images/Image/0");
        assertThat(image.get("ImageId").textValue()).isEqualTo(UBUNTU);
        assertThat(image.get("ImageName").textValue()).isEqualTo(UBUNTU);
        assertThat(image.get("OSNameEn").textValue()).isEqualTo("Ubuntu  22.04 64 bit");
        assertThat(image.get("OSType").textValue()).isEqualTo("linux");
        assertThat(image.get("Platform").textValue()).isEqualTo("Ubuntu");
        assertThat(image.get("Architecture").textValue()).isEqualTo("x86_64");
        assertThat(image.get("ImageOwnerAlias").textValue()).isEqualTo("system");
        assertThat(image.get("Size").intValue()).isEqualTo(20);
        assertThat(image.get("Usage").textValue()).isEqualTo("none");
    }

    @Test
    void pagesByNumberAndSaysHowManyThereAre() {
        int all = Images.ALL.size();
        var first = body();
        assertThat(first.at("/Images/Image")).hasSize(10);
        assertThat(first.get("TotalCount").intValue()).isEqualTo(all);
        assertThat(first.get("RegionId").textValue()).isEqualTo("cn-hangzhou");
        assertThat(body("PageNumber", "2").at("/Images/Image")).hasSize(all - 10);
        assertThat(body("PageNumber", "3").at("/Images/Image")).isEmpty();
        assertThat(ids()).isEqualTo(Images.ALL.stream().map(Image::id).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ImageId              | aliyun_3_arm64_20G_alibase_20240819.vhd | aliyun_3_arm64_20G_alibase_20240819.vhd
                    ImageId              | m-unknown                               |
                    ImageName            | aliyun_3_arm*.vhd                       | aliyun_3_arm64_20G_alibase_20240819.vhd
                    ImageName            | aliyun_3_arm                            |
                    ImageFamily          | acs:ubuntu_22_04_x64                    | ubuntu_22_04_x64_20G_alibase_20240926.vhd
                    ImageOwnerAlias      | self                                    |
                    ImageOwnerAlias      | others                                  |
                    ImageOwnerAlias      | marketplace                             |
                    Status               | Deprecated                              |
                    Status               | Creating,Waiting                        |
                    InstanceType         | ecs.g8y.large                           | aliyun_3_arm64_20G_alibase_20240819.vhd
                    OSType               | windows                                 | win2019_1809_x64_dtc_zh-cn_40G_alibase_20221221.vhd win2019_1809_x64_dtc_en-us_40G_alibase_20221221.vhd
                    Architecture         | arm64                                   | aliyun_3_arm64_20G_alibase_20240819.vhd
                    Architecture         | i386                                    |
                    Usage                | instance                                |
                    IsSupportIoOptimized | false                                   |
                    IsSupportCloudinit   | false                                   |
                    IsPublic             | false                                   |
                    SnapshotId           | s-1                                     |
                    ImageOwnerId         | 1234567890123456                        |
                    ResourceGroupId      | rg-1                                    |
                    Tag.1.Key            | owner                                   |
                    """)
    void aFilterNarrows(String parameter, String value, String expected) {
        assertThat(ids(parameter, value))
                .containsExactlyElementsOf(expected == null ? List.of() : List.of(expected.split(" ")));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    ImageName            | *
                    ImageOwnerAlias      | system
                    Status               | Available
                    Status               | Creating, Waiting, Available
                    Usage                | none
                    IsSupportIoOptimized | true
                    IsSupportCloudinit   | true
                    IsPublic             | true
                    ActionType           | ChangeOS
                    ShowExpired          | true
                    NextToken            | nonsense!
                    MaxResults           | many
                    """)
    void whatFitsAllLeavesThemAll(String parameter, String value) {
        assertThat(ids(parameter, value)).hasSize(Images.ALL.size());
    }

    @Test
    void filtersNarrowOneAnother() {
        assertThat(ids("ImageId", UBUNTU + "," + ARM + ",m-unknown")).containsExactlyInAnyOrder(UBUNTU, ARM);
        assertThat(ids("ImageId", UBUNTU + "," + ARM, "Architecture", "arm64")).containsExactly(ARM);
        assertThat(ids("InstanceType", "ecs.g6.large", "Architecture", "arm64")).isEmpty();
    }

    @Test
    void anImageIsInUseByTheCallersInstances() {
        world.apply(0, Examples.INSTANCE, new InstanceEvent.Provisioned(Examples.STORY, instanceOf(UBUNTU)));
        assertThat(ids("Usage", "instance")).containsExactly(UBUNTU);
        assertThat(ids("Usage", "none")).hasSize(Images.ALL.size() - 1).doesNotContain(UBUNTU);
        assertThat(body("ImageId", UBUNTU).at("/Images/Image/0/Usage").textValue())
                .isEqualTo("instance");
    }

    private static Instance instanceOf(String imageId) {
        var spec = new InstanceSpec(
                Examples.ACCOUNT,
                "cn-hangzhou",
                "cn-hangzhou-b",
                "web-1",
                "",
                "",
                "ecs.g5.large",
                imageId,
                "sg-1",
                "",
                ChargeType.POST_PAID,
                false);
        var like = Examples.instance(InstanceStatus.RUNNING);
        return new Instance(like.id(), spec, like.status(), List.of(), List.of(), null, Examples.NOW, Examples.NOW);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    mars-1      | DryRun          | true    | INVALID_REGION_ID_NOT_FOUND
                    cn-hangzhou | ImageOwnerAlias | nobody  | INVALID_IMAGE_OWNER_ALIAS_VALUE_NOT_SUPPORTED
                    cn-hangzhou | InstanceType    | ecs.x.y | INVALID_INSTANCE_TYPE_VALUE_NOT_SUPPORTED
                    cn-hangzhou | OSType          | plan9   | INVALID_OS_TYPE
                    cn-hangzhou | Architecture    | vax     | INVALID_ARCHITECTURE
                    cn-hangzhou | Usage           | some    | INVALID_USAGE
                    cn-hangzhou | PageSize        | 0       | INVALID_PARAMETER
                    cn-hangzhou | PageSize        | 101     | INVALID_PARAMETER
                    cn-hangzhou | PageNumber      | 0       | INVALID_PARAMETER
                    cn-hangzhou | DryRun          | true    | DRY_RUN_OPERATION
                    """)
    void whatCannotBeAskedIsRefused(String region, String parameter, String value, ErrorCode expected) {
        assertThat(((Rejection) ask(region, parameter, value)).code()).isEqualTo(expected);
    }
}
