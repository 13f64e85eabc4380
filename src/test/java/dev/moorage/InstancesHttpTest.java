package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.ecs20140526.Client;
import com.aliyun.ecs20140526.models.CreateInstanceRequest;
import com.aliyun.ecs20140526.models.DescribeInstanceAttributeRequest;
import com.aliyun.ecs20140526.models.DescribeInstanceMaintenanceAttributesRequest;
import com.aliyun.ecs20140526.models.DescribeInstanceRamRoleRequest;
import com.aliyun.ecs20140526.models.DescribeInstancesRequest;
import com.aliyun.ecs20140526.models.DescribeInstancesResponseBody.DescribeInstancesResponseBodyInstancesInstance;
import com.aliyun.ecs20140526.models.DescribeNetworkInterfacesRequest;
import com.aliyun.ecs20140526.models.DescribeUserDataRequest;
import com.aliyun.ecs20140526.models.RunInstancesRequest;
import com.aliyun.ecs20140526.models.RunInstancesRequest.RunInstancesRequestDataDisk;
import com.aliyun.ecs20140526.models.RunInstancesRequest.RunInstancesRequestTag;
import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.profile.DefaultProfile;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Instances as the vendor's clients make them and see them. */
class InstancesHttpTest {
    private static final String REGION = "cn-hangzhou";
    private static final String TYPE = "ecs.g6.large";
    private static final String IMAGE = "aliyun_3_x64_20G_alibase_20240819.vhd";

    private static RunningServer server;
    private static Client client;

    @BeforeAll
    static void start() throws Exception {
        server = RunningServer.start("moorage.auth = required");
        client = new Client(new Config()
                .setAccessKeyId("testid")
                .setAccessKeySecret("testsecret")
                .setEndpoint(server.endpoint())
                .setProtocol("http"));
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static DescribeInstancesResponseBodyInstancesInstance instance(String id) throws Exception {
        return client.describeInstances(
                        new DescribeInstancesRequest().setRegionId(REGION).setInstanceIds("[\"" + id + "\"]"))
                .getBody()
                .getInstances()
                .getInstance()
                .get(0);
    }

    private static void awaitStatus(String id, String status) {
        await(id + " " + status).pollInterval(Duration.ofMillis(10)).until(() -> {
            server.advance(Duration.ofSeconds(1));
            return instance(id).getStatus().equals(status);
        });
    }

    @Test
    void seesWhatItHasMade() throws Exception {
        var request = new RunInstancesRequest()
                .setRegionId(REGION)
                .setInstanceType(TYPE)
                .setImageId(IMAGE)
                .setInstanceName("web-[1,2]")
                .setAmount(2)
                .setVSwitchId("vsw-1")
                .setSecurityGroupIds(List.of("sg-1", "sg-2"))
                .setUserData("ZWNobw==")
                .setRamRoleName("role")
                .setInternetMaxBandwidthOut(5)
                .setTag(List.of(new RunInstancesRequestTag().setKey("owner").setValue("me")))
                .setDataDisk(
                        List.of(new RunInstancesRequestDataDisk().setSize(40).setCategory("cloud_essd")))
                .setClientToken("seesWhatItHasMade");
        var ids = client.runInstances(request).getBody().getInstanceIdSets().getInstanceIdSet();
        assertThat(client.runInstances(request).getBody().getInstanceIdSets().getInstanceIdSet())
                .isEqualTo(ids);
        assertThat(ids).hasSize(2);
        for (var id : ids) awaitStatus(id, "Running");

        var first = instance(ids.get(0));
        assertThat(first.getInstanceName()).isEqualTo("web-01");
        assertThat(first.getCpu()).isEqualTo(2);
        assertThat(first.getMemory()).isEqualTo(8_192);
        assertThat(first.getOSType()).isEqualTo("linux");
        assertThat(first.getIoOptimized()).isTrue();
        assertThat(first.getSecurityGroupIds().getSecurityGroupId()).containsExactly("sg-1", "sg-2");
        assertThat(first.getTags().getTag()).extracting(tag -> tag.tagKey).containsExactly("owner");
        assertThat(first.getPublicIpAddress().getIpAddress()).hasSize(1);
        assertThat(first.getHibernationOptions().getConfigured()).isFalse();
        var address = first.getVpcAttributes().getPrivateIpAddress().getIpAddress();
        assertThat(address)
                .isNotEqualTo(instance(ids.get(1))
                        .getVpcAttributes()
                        .getPrivateIpAddress()
                        .getIpAddress());

        var eni = first.getNetworkInterfaces().getNetworkInterface().get(0);
        var interfaces = client.describeNetworkInterfaces(new DescribeNetworkInterfacesRequest()
                        .setRegionId(REGION)
                        .setNetworkInterfaceId(List.of(eni.getNetworkInterfaceId())))
                .getBody()
                .getNetworkInterfaceSets()
                .getNetworkInterfaceSet();
        assertThat(interfaces).hasSize(1);
        assertThat(interfaces.get(0).getInstanceId()).isEqualTo(ids.get(0));
        assertThat(List.of(interfaces.get(0).getPrivateIpAddress())).isEqualTo(address);
    }

    @Test
    void anInstanceThatIsCreatedStaysStopped() throws Exception {
        var id = client.createInstance(new CreateInstanceRequest()
                        .setRegionId(REGION)
                        .setInstanceType(TYPE)
                        .setImageId(IMAGE)
                        .setUserData("ZWNobw==")
                        .setRamRoleName("role"))
                .getBody()
                .getInstanceId();
        awaitStatus(id, "Stopped");
        assertThat(instance(id).getStartTime()).isEmpty();

        var userData = new DescribeUserDataRequest().setRegionId(REGION).setInstanceId(id);
        assertThat(client.describeUserData(userData).getBody().getUserData()).isEqualTo("ZWNobw==");
        var attribute = new DescribeInstanceAttributeRequest().setInstanceId(id);
        assertThat(client.describeInstanceAttribute(attribute).getBody().getIoOptimized())
                .isEqualTo("optimized");
        var role = new DescribeInstanceRamRoleRequest().setRegionId(REGION).setInstanceIds("[\"" + id + "\"]");
        assertThat(client.describeInstanceRamRole(role)
                        .getBody()
                        .getInstanceRamRoleSets()
                        .getInstanceRamRoleSet()
                        .get(0)
                        .getRamRoleName())
                .isEqualTo("role");
        var maintenance = new DescribeInstanceMaintenanceAttributesRequest()
                .setRegionId(REGION)
                .setInstanceId(List.of(id));
        assertThat(client.describeInstanceMaintenanceAttributes(maintenance)
                        .getBody()
                        .getMaintenanceAttributes()
                        .getMaintenanceAttribute())
                .hasSize(1);
    }

    @ParameterizedTest
    @EnumSource(
            value = FormatType.class,
            names = {"JSON", "XML"})
    void theOlderSdkReadsTheSame(FormatType format) throws Exception {
        var older = new DefaultAcsClient(DefaultProfile.getProfile(REGION, "testid", "testsecret"));
        try {
            var request = new com.aliyuncs.ecs.model.v20140526.DescribeInstancesRequest();
            request.setSysEndpoint(server.endpoint());
            request.setSysAcceptFormat(format);
            request.putQueryParameter("RegionId", REGION);
            request.setInstanceIds("[\"i-23jggx34b\"]");
            var instance = older.getAcsResponse(request).getInstances().get(0);
            assertThat(instance.getStatus()).isNotEmpty();
            assertThat(instance.getVpcAttributes().getPrivateIpAddress()).hasSize(1);
            assertThat(instance.getNetworkInterfaces()).hasSize(1);
            assertThat(instance.getDeviceAvailable()).isTrue();
        } finally {
            older.shutdown();
        }
    }
}
