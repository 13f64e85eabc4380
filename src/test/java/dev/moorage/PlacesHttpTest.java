package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeAvailableResourceRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeImagesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstanceTypeFamiliesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstanceTypesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstanceTypesResponse;
import com.aliyuncs.ecs.model.v20140526.DescribeRegionsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeZonesRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.profile.DefaultProfile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where things can be, and what can be had there, as the vendor's clients read it. */
class PlacesHttpTest {
    private static final String REGION = "cn-hangzhou";
    private static final String ZONE = "cn-hangzhou-b";

    private static RunningServer server;
    private static DefaultAcsClient client;

    @BeforeAll
    static void start() {
        server = RunningServer.start("moorage.auth = required");
        client = new DefaultAcsClient(DefaultProfile.getProfile(REGION, "testid", "testsecret"));
    }

    @AfterAll
    static void stop() {
        client.shutdown();
        server.close();
    }

    private static <T extends AcsResponse> T call(RpcAcsRequest<T> request, FormatType format) throws ClientException {
        request.setSysEndpoint(server.endpoint());
        request.setSysAcceptFormat(format);
        request.putQueryParameter("RegionId", REGION);
        return client.getAcsResponse(request);
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void choosesAPlaceAndWhatToPutThere(FormatType format) throws Exception {
        var regions = call(new DescribeRegionsRequest(), format).getRegions();
        assertThat(regions)
                .anySatisfy(region -> assertThat(List.of(
                                region.getRegionId(),
                                region.getRegionEndpoint(),
                                region.getLocalName(),
                                region.getStatus()))
                        .containsExactly(
                                REGION,
                                "ecs.cn-hangzhou.aliyuncs.com",
                                "\u534e\u4e1c1\uff08\u676d\u5dde\uff09",
                                "available"));

        var zones = call(new DescribeZonesRequest(), format).getZones();
        assertThat(zones).anySatisfy(zone -> {
            assertThat(zone.getZoneId()).isEqualTo(ZONE);
            assertThat(zone.getLocalName()).isEqualTo("\u676d\u5dde \u53ef\u7528\u533aB");
            assertThat(zone.getAvailableInstanceTypes()).contains("ecs.g5.large");
            assertThat(zone.getAvailableDiskCategories()).contains("cloud_ssd");
            assertThat(zone.getAvailableResourceCreation()).contains("Disk");
            assertThat(zone.getAvailableResources().get(0).getInstanceTypeFamilies())
                    .contains("ecs.g5");
            assertThat(zone.getAvailableResources().get(0).getIoOptimized()).isTrue();
        });

        var families = new DescribeInstanceTypeFamiliesRequest();
        families.setGeneration("ecs-5");
        assertThat(call(families, format).getInstanceTypeFamilies())
                .anySatisfy(
                        family -> assertThat(family.getInstanceTypeFamilyId()).isEqualTo("ecs.g6"));

        var disks = new DescribeAvailableResourceRequest();
        disks.setDestinationResource("DataDisk");
        disks.setInstanceType("ecs.g5.large");
        disks.setZoneId(ZONE);
        disks.setResourceType("disk");
        var zone = call(disks, format).getAvailableZones().get(0);
        assertThat(zone.getStatus()).isEqualTo("Available");
        assertThat(zone.getStatusCategory()).isEqualTo("WithStock");
        var resource = zone.getAvailableResources().get(0);
        assertThat(resource.getType()).isEqualTo("DataDisk");
        assertThat(resource.getSupportedResources()).anySatisfy(disk -> {
            assertThat(disk.getValue()).isEqualTo("cloud_efficiency");
            assertThat(disk.getMin()).isEqualTo(20);
            assertThat(disk.getMax()).isEqualTo(32_768);
            assertThat(disk.getUnit()).isEqualTo("GiB");
        });

        var images = new DescribeImagesRequest();
        images.setImageOwnerAlias("system");
        images.setInstanceType("ecs.g5.large");
        images.setImageName("centos*");
        var image = call(images, format).getImages().get(0);
        assertThat(image.getImageId()).startsWith("centos_7_9_x64");
        assertThat(image.getOSName()).isEqualTo("CentOS  7.9 64\u4f4d");
        assertThat(image.getSize()).isEqualTo(20);
        assertThat(image.getIsPublic()).isTrue();
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void readsInstanceTypesPageByPage(FormatType format) throws Exception {
        var types = new ArrayList<DescribeInstanceTypesResponse.InstanceType>();
        String token = "";
        do {
            var request = new DescribeInstanceTypesRequest();
            request.setMaxResults(40L);
            request.setMaximumMemorySize(64f);
            request.setNextToken(token);
            var page = call(request, format);
            types.addAll(page.getInstanceTypes());
            token = page.getNextToken();
        } while (!token.isEmpty());
        assertThat(types).hasSizeGreaterThan(40);
        assertThat(types).anySatisfy(type -> {
            assertThat(type.getInstanceTypeId()).isEqualTo("ecs.t5-lc2m1.nano");
            assertThat(type.getMemorySize()).isEqualTo(0.5f);
            assertThat(type.getInitialCredit()).isEqualTo(30);
        });
        assertThat(types).anySatisfy(type -> {
            assertThat(type.getInstanceTypeId()).isEqualTo("ecs.g5.large");
            assertThat(type.getCpuCoreCount()).isEqualTo(2);
            assertThat(type.getMemorySize()).isEqualTo(8f);
            assertThat(type.getDiskQuantity()).isEqualTo(17);
            assertThat(type.getInstancePpsRx()).isEqualTo(300_000L);
            assertThat(type.getCpuSpeedFrequency()).isEqualTo(2.5f);
        });
    }

    @Test
    void hearsWhyNot() {
        var refused = catchThrowableOfType(
                ClientException.class, () -> call(new DescribeAvailableResourceRequest(), FormatType.JSON));
        assertThat(refused.getErrCode()).isEqualTo("Invalid.Param");
        assertThat(refused.getErrMsg())
                .isEqualTo("The input parameter DestinationResource that is mandatory for processing this request"
                        + " is not supplied.");
    }

    @Test
    void theNewerSdkReadsTheSame() throws Exception {
        var newer = new com.aliyun.ecs20140526.Client(new Config()
                .setAccessKeyId("testid")
                .setAccessKeySecret("testsecret")
                .setEndpoint(server.endpoint())
                .setProtocol("http"));
        var type = newer.describeInstanceTypes(new com.aliyun.ecs20140526.models.DescribeInstanceTypesRequest()
                        .setInstanceTypes(List.of("ecs.g5.large"))
                        .setMaxResults(100L))
                .getBody()
                .getInstanceTypes()
                .getInstanceType()
                .get(0);
        assertThat(type.getInstanceTypeId()).isEqualTo("ecs.g5.large");
        assertThat(type.getMemorySize()).isEqualTo(8f);
        assertThat(type.getDiskQuantity()).isEqualTo(17);
        assertThat(type.getLocalStorageCapacity()).isZero();

        var disk = newer.describeAvailableResource(new com.aliyun.ecs20140526.models.DescribeAvailableResourceRequest()
                        .setRegionId(REGION)
                        .setDestinationResource("DataDisk")
                        .setResourceType("disk")
                        .setInstanceType("ecs.g5.large")
                        .setZoneId(ZONE))
                .getBody()
                .getAvailableZones()
                .getAvailableZone()
                .get(0)
                .getAvailableResources()
                .getAvailableResource()
                .get(0);
        assertThat(disk.getSupportedResources().getSupportedResource())
                .extracting(resource -> resource.getValue())
                .containsExactly("cloud_efficiency", "cloud_ssd", "cloud_essd");

        var zones =
                newer.describeZones(new com.aliyun.ecs20140526.models.DescribeZonesRequest().setRegionId("me-east-1"));
        assertThat(zones.getBody().getZones().getZone()).hasSize(1);
        var regions = newer.describeRegions(
                new com.aliyun.ecs20140526.models.DescribeRegionsRequest().setAcceptLanguage("en-US"));
        assertThat(regions.getBody().getRegions().getRegion())
                .anySatisfy(region -> assertThat(region.getLocalName()).isEqualTo("China (Hangzhou)"));
        var images = newer.describeImages(new com.aliyun.ecs20140526.models.DescribeImagesRequest()
                .setRegionId(REGION)
                .setArchitecture("arm64"));
        assertThat(images.getBody().getImages().getImage()).hasSize(1);
    }
}
