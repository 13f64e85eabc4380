package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.ecs.model.v20140526.AttachDiskRequest;
import com.aliyuncs.ecs.model.v20140526.CreateDiskRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteDiskRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteInstanceRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeDisksRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstancesRequest;
import com.aliyuncs.ecs.model.v20140526.DetachDiskRequest;
import com.aliyuncs.ecs.model.v20140526.RunInstancesRequest;
import com.aliyuncs.ecs.model.v20140526.StartInstanceRequest;
import com.aliyuncs.ecs.model.v20140526.StopInstanceRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.profile.DefaultProfile;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both generations of the vendor's Java SDK, unmodified, with each signature that they have. */
class VendorSdkTest {
    private static final String REGION = "cn-hangzhou";
    private static final String ZONE = "cn-hangzhou-b";
    private static final String REQUEST_ID = "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}";

    private static RunningServer server;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                "moorage.auth = required",
                "moorage.accounts = [{ accessKeyId = \"test-*\", accessKeySecret = secret }]");
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatItCallsTooOften(Kind kind) throws Exception {
        try (var busy = RunningServer.start("moorage.throttling.limits.DetachDisk = 0");
                var sdk = kind.at(busy.endpoint(), "testid", "testsecret")) {
            var refused = sdk.refusal("i-23jggx34b", "d-23jbf2v5m");

            assertThat(refused.code()).isEqualTo("Throttling");
            assertThat(refused.message()).contains("Request was denied due to request throttling.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void detachesADisk(Kind kind) throws Exception {
        try (var sdk = kind.at(server.endpoint(), "testid", "testsecret")) {
            String id = sdk.createDisk("disk", "made for a test");
            awaitDisk(sdk, id, "Available");

            sdk.attachDisk("i-23jggx34b", id);
            awaitDisk(sdk, id, "In_use");
            var attached = sdk.disk(id).orElseThrow();
            assertThat(attached.instanceId()).isEqualTo("i-23jggx34b");
            assertThat(attached.device()).isEqualTo("/dev/xvdd");
            assertThat(attached.attachedTo()).containsExactly("i-23jggx34b at /dev/xvdd");

            assertThat(sdk.detachDisk("i-23jggx34b", id)).matches(REQUEST_ID);
            assertThat(sdk.disk(id)).contains(attached.with("Detaching"));
            awaitDisk(sdk, id, "Available");
            var detached = sdk.disk(id).orElseThrow();
            assertThat(detached.instanceId()).isEmpty();
            assertThat(detached.device()).isEmpty();
            assertThat(detached.attachedTo()).isEmpty();
            assertThat(detached.deleteWithInstance()).isFalse();
            assertThat(detached.size()).isEqualTo(20);

            sdk.deleteDisk(id);
            assertThat(sdk.disk(id)).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource
    void runsAnInstance(Kind kind) throws Exception {
        try (var sdk = kind.at(server.endpoint(), "testid", "testsecret")) {
            String id = sdk.runInstance();
            assertThat(sdk.instanceStatus(id)).contains("Pending");
            awaitInstance(sdk, id, "Running");
            assertThat(sdk.disksOn(id)).isEqualTo(2);

            sdk.stopInstance(id);
            assertThat(sdk.instanceStatus(id)).contains("Stopping");
            awaitInstance(sdk, id, "Stopped");

            sdk.startInstance(id);
            assertThat(sdk.instanceStatus(id)).contains("Starting");
            awaitInstance(sdk, id, "Running");

            sdk.stopInstance(id);
            awaitInstance(sdk, id, "Stopped");
            sdk.deleteInstance(id);
            assertThat(sdk.instanceStatus(id)).isEmpty();
            assertThat(sdk.disksOn(id)).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsErrors(Kind kind) throws Exception {
        try (var sdk = kind.at(server.endpoint(), "testid", "testsecret")) {
            var refused = sdk.refusal("i-23jggx34b", "d-sys1");
            assertThat(refused.code()).isEqualTo("DiskTypeViolation");
            assertThat(refused.message())
                    .contains("The specified disk is a system disk and cannot support the operation.");
            assertThat(refused.requestId()).matches(REQUEST_ID);

            assertThat(sdk.refusal("i-nowhere", "d-sys1").code()).isEqualTo("InvalidInstanceId.NotFound");
            assertThat(sdk.refusal("", "").message())
                    .contains("The input parameter InstanceId that is mandatory for processing this"
                            + " request is not supplied.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void readsTextAsItWasWritten(Kind kind) throws Exception {
        try (var sdk = kind.at(server.endpoint(), "testid", "testsecret")) {
            String description = "\u4e2d\u6587 \u00e9 a+b c%20d *~ <&> ]]> /=?# \ud83d\udc33";
            String id = sdk.createDisk("\u6570\u636e\u76d8", description);

            var disk = sdk.disk(id).orElseThrow();
            assertThat(disk.name()).isEqualTo("\u6570\u636e\u76d8");
            assertThat(disk.description()).isEqualTo(description);
        }
    }

    @ParameterizedTest
    @EnumSource
    void seesOnlyItsOwnAccount(Kind kind) throws Exception {
        try (var one = kind.at(server.endpoint(), "test-one-" + kind, "secret");
                var other = kind.at(server.endpoint(), "test-other-" + kind, "secret")) {
            String id = one.createDisk("disk", "of one");

            assertThat(one.disk(id)).isPresent();
            assertThat(other.disk(id)).isEmpty();
            assertThat(other.refusal("i-23jggx34b", "d-23jbf2v5m").code()).isEqualTo("InvalidInstanceId.NotFound");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatItsKeyIsUnknown(Kind kind) throws Exception {
        try (var sdk = kind.at(server.endpoint(), "nobody", "testsecret")) {
            var refused = sdk.refusal("i-23jggx34b", "d-23jbf2v5m");

            assertThat(refused.code()).isEqualTo("InvalidAccessKeyId.NotFound");
            assertThat(refused.message()).contains("Specified access key is not found.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatItsSecretIsWrong(Kind kind) throws Exception {
        try (var sdk = kind.at(server.endpoint(), "testid", "wrong")) {
            var refused = sdk.refusal("i-23jggx34b", "d-23jbf2v5m");

            assertThat(refused.code()).isEqualTo(kind.codeOfAWrongSecret);
            assertThat(refused.message()).contains(kind.messageOfAWrongSecret);
            assertThat(refused.requestId()).matches(REQUEST_ID);
        }
    }

    private static void awaitDisk(Sdk sdk, String id, String status) {
        await(id + " " + status).pollInterval(Duration.ofMillis(10)).until(() -> {
            server.advance(Duration.ofSeconds(10));
            return sdk.disk(id).orElseThrow().status().equals(status);
        });
    }

    private static void awaitInstance(Sdk sdk, String id, String status) {
        await(id + " " + status).pollInterval(Duration.ofMillis(10)).until(() -> {
            server.advance(Duration.ofSeconds(1));
            return sdk.instanceStatus(id).orElseThrow().equals(status);
        });
    }

    private enum Kind {
        OLDER_V1_JSON("SDK.InvalidAccessKeySecret", "Specified Access Key Secret is not valid.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new Older(
                        endpoint, keyId, secret, SignatureVersion.V1, FormatType.JSON, HttpClientType.ApacheHttpClient);
            }
        },
        OLDER_V1_XML("SDK.InvalidAccessKeySecret", "Specified Access Key Secret is not valid.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new Older(
                        endpoint, keyId, secret, SignatureVersion.V1, FormatType.XML, HttpClientType.ApacheHttpClient);
            }
        },
        /** Everything is in the body. */
        OLDER_V1_COMPATIBLE("SDK.InvalidAccessKeySecret", "Specified Access Key Secret is not valid.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new Older(
                        endpoint, keyId, secret, SignatureVersion.V1, FormatType.JSON, HttpClientType.Compatible);
            }
        },
        OLDER_V3_JSON("SignatureDoesNotMatch", "Specified signature does not match our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new Older(
                        endpoint, keyId, secret, SignatureVersion.V3, FormatType.JSON, HttpClientType.ApacheHttpClient);
            }
        },
        OLDER_V3_XML("SignatureDoesNotMatch", "Specified signature does not match our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new Older(
                        endpoint, keyId, secret, SignatureVersion.V3, FormatType.XML, HttpClientType.ApacheHttpClient);
            }
        },
        NEWER_V3("SignatureDoesNotMatch", "Specified signature does not match our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) throws Exception {
                return new Newer(endpoint, keyId, secret, "");
            }
        },
        /** Its name for the signature in the parameters is "v2". */
        NEWER_V1("SignatureDoesNotMatch", "Specified signature is not matched with our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) throws Exception {
                return new Newer(endpoint, keyId, secret, "v2");
            }
        };

        /**
         * With a signature in the parameters, the older SDK compares the server's string to sign with its own. If they
         * are equal the secret must be wrong, and it says so in a code and a text of its own.
         */
        final String codeOfAWrongSecret;

        final String messageOfAWrongSecret;

        Kind(String codeOfAWrongSecret, String messageOfAWrongSecret) {
            this.codeOfAWrongSecret = codeOfAWrongSecret;
            this.messageOfAWrongSecret = messageOfAWrongSecret;
        }

        abstract Sdk at(String endpoint, String keyId, String secret) throws Exception;
    }

    /** What the tests need of an SDK. */
    private interface Sdk extends AutoCloseable {
        String createDisk(String name, String description) throws Exception;

        Optional<SeenDisk> disk(String diskId) throws Exception;

        int disksOn(String instanceId) throws Exception;

        void attachDisk(String instanceId, String diskId) throws Exception;

        /** Returns the request's id. */
        String detachDisk(String instanceId, String diskId) throws Exception;

        /** What an attempt to detach is refused with. */
        Refused refusal(String instanceId, String diskId) throws Exception;

        void deleteDisk(String diskId) throws Exception;

        /** With a system disk and a data disk. */
        String runInstance() throws Exception;

        Optional<String> instanceStatus(String instanceId) throws Exception;

        void stopInstance(String instanceId) throws Exception;

        void startInstance(String instanceId) throws Exception;

        void deleteInstance(String instanceId) throws Exception;

        @Override
        default void close() {}
    }

    private record SeenDisk(
            String name,
            String description,
            int size,
            String status,
            String instanceId,
            String device,
            List<String> attachedTo,
            boolean deleteWithInstance) {

        SeenDisk with(String otherStatus) {
            return new SeenDisk(
                    name, description, size, otherStatus, instanceId, device, attachedTo, deleteWithInstance);
        }
    }

    private record Refused(String code, String message, String requestId) {}

    /** The SDK in {@code com.aliyuncs}. */
    private static final class Older implements Sdk {
        private final DefaultAcsClient client;
        private final String endpoint;
        private final SignatureVersion signature;
        private final FormatType format;

        Older(
                String endpoint,
                String keyId,
                String secret,
                SignatureVersion signature,
                FormatType format,
                HttpClientType http) {
            var profile = DefaultProfile.getProfile(REGION, keyId, secret);
            var config = HttpClientConfig.getDefault();
            config.setClientType(http);
            profile.setHttpClientConfig(config);
            this.client = new DefaultAcsClient(profile);
            this.endpoint = endpoint;
            this.signature = signature;
            this.format = format;
        }

        private <T extends AcsResponse> T call(RpcAcsRequest<T> request) throws ClientException {
            request.setSysEndpoint(endpoint);
            request.setSysSignatureVersion(signature);
            request.setSysAcceptFormat(format);
            return client.getAcsResponse(request);
        }

        @Override
        public String createDisk(String name, String description) throws ClientException {
            var request = new CreateDiskRequest();
            request.putQueryParameter("RegionId", REGION);
            request.setZoneId(ZONE);
            request.setDiskCategory("cloud_ssd");
            request.setSize(20);
            request.setDiskName(name);
            request.setDescription(description);
            return call(request).getDiskId();
        }

        @Override
        public Optional<SeenDisk> disk(String diskId) throws ClientException {
            var request = new DescribeDisksRequest();
            request.putQueryParameter("RegionId", REGION);
            request.setDiskIds("[\"" + diskId + "\"]");
            return call(request).getDisks().stream()
                    .findFirst()
                    .map(disk -> new SeenDisk(
                            disk.getDiskName(),
                            disk.getDescription(),
                            disk.getSize(),
                            disk.getStatus(),
                            disk.getInstanceId(),
                            disk.getDevice(),
                            disk.getAttachments().stream()
                                    .map(attachment -> attachment.getInstanceId() + " at " + attachment.getDevice())
                                    .toList(),
                            disk.getDeleteWithInstance()));
        }

        @Override
        public int disksOn(String instanceId) throws ClientException {
            var request = new DescribeDisksRequest();
            request.putQueryParameter("RegionId", REGION);
            request.setInstanceId(instanceId);
            return call(request).getTotalCount();
        }

        @Override
        public void attachDisk(String instanceId, String diskId) throws ClientException {
            var request = new AttachDiskRequest();
            request.setInstanceId(instanceId);
            request.setDiskId(diskId);
            call(request);
        }

        @Override
        public String detachDisk(String instanceId, String diskId) throws ClientException {
            var request = new DetachDiskRequest();
            request.setInstanceId(instanceId);
            request.setDiskId(diskId);
            return call(request).getRequestId();
        }

        @Override
        public Refused refusal(String instanceId, String diskId) {
            try {
                throw new AssertionError("Not refused: " + detachDisk(instanceId, diskId));
            } catch (ClientException e) {
                return new Refused(e.getErrCode(), e.getErrMsg(), e.getRequestId());
            }
        }

        @Override
        public void deleteDisk(String diskId) throws ClientException {
            var request = new DeleteDiskRequest();
            request.setDiskId(diskId);
            call(request);
        }

        @Override
        public String runInstance() throws ClientException {
            var disk = new RunInstancesRequest.DataDisk();
            disk.setCategory("cloud_ssd");
            disk.setSize(20);
            var request = new RunInstancesRequest();
            request.putQueryParameter("RegionId", REGION);
            request.setZoneId(ZONE);
            request.setInstanceType("ecs.g5.large");
            request.setImageId("an-image");
            request.setDataDisks(List.of(disk));
            return call(request).getInstanceIdSets().get(0);
        }

        @Override
        public Optional<String> instanceStatus(String instanceId) throws ClientException {
            var request = new DescribeInstancesRequest();
            request.putQueryParameter("RegionId", REGION);
            request.setInstanceIds("[\"" + instanceId + "\"]");
            return call(request).getInstances().stream().findFirst().map(instance -> instance.getStatus());
        }

        @Override
        public void stopInstance(String instanceId) throws ClientException {
            var request = new StopInstanceRequest();
            request.setInstanceId(instanceId);
            call(request);
        }

        @Override
        public void startInstance(String instanceId) throws ClientException {
            var request = new StartInstanceRequest();
            request.setInstanceId(instanceId);
            call(request);
        }

        @Override
        public void deleteInstance(String instanceId) throws ClientException {
            var request = new DeleteInstanceRequest();
            request.setInstanceId(instanceId);
            call(request);
        }

        @Override
        public void close() {
            client.shutdown();
        }
    }

    /** The SDK in {@code com.aliyun}, whose classes have the same names. */
    private static final class Newer implements Sdk {
        private final com.aliyun.ecs20140526.Client client;

        Newer(String endpoint, String keyId, String secret, String signatureAlgorithm) throws Exception {
            var config = new Config()
                    .setAccessKeyId(keyId)
                    .setAccessKeySecret(secret)
                    .setEndpoint(endpoint)
                    .setProtocol("http");
            if (!signatureAlgorithm.isEmpty()) config.setSignatureAlgorithm(signatureAlgorithm);
            client = new com.aliyun.ecs20140526.Client(config);
        }

        @Override
        public String createDisk(String name, String description) throws Exception {
            return client.createDisk(new com.aliyun.ecs20140526.models.CreateDiskRequest()
                            .setRegionId(REGION)
                            .setZoneId(ZONE)
                            .setDiskCategory("cloud_ssd")
                            .setSize(20)
                            .setDiskName(name)
                            .setDescription(description))
                    .getBody()
                    .getDiskId();
        }

        @Override
        public Optional<SeenDisk> disk(String diskId) throws Exception {
            return disks(new com.aliyun.ecs20140526.models.DescribeDisksRequest()
                            .setRegionId(REGION)
                            .setDiskIds("[\"" + diskId + "\"]"))
                    .findFirst();
        }

        private Stream<SeenDisk> disks(com.aliyun.ecs20140526.models.DescribeDisksRequest request) throws Exception {
            return client.describeDisks(request).getBody().getDisks().getDisk().stream()
                    .map(disk -> new SeenDisk(
                            disk.getDiskName(),
                            disk.getDescription(),
                            disk.getSize(),
                            disk.getStatus(),
                            disk.getInstanceId(),
                            disk.getDevice(),
                            disk.getAttachments().getAttachment().stream()
                                    .map(attachment -> attachment.getInstanceId() + " at " + attachment.getDevice())
                                    .toList(),
                            disk.getDeleteWithInstance()));
        }

        @Override
        public int disksOn(String instanceId) throws Exception {
            return (int) disks(new com.aliyun.ecs20140526.models.DescribeDisksRequest()
                            .setRegionId(REGION)
                            .setInstanceId(instanceId))
                    .count();
        }

        @Override
        public void attachDisk(String instanceId, String diskId) throws Exception {
            client.attachDisk(new com.aliyun.ecs20140526.models.AttachDiskRequest()
                    .setInstanceId(instanceId)
                    .setDiskId(diskId));
        }

        @Override
        public String detachDisk(String instanceId, String diskId) throws Exception {
            return client.detachDisk(new com.aliyun.ecs20140526.models.DetachDiskRequest()
                            .setInstanceId(instanceId)
                            .setDiskId(diskId))
                    .getBody()
                    .getRequestId();
        }

        @Override
        public Refused refusal(String instanceId, String diskId) throws Exception {
            try {
                throw new AssertionError("Not refused: " + detachDisk(instanceId, diskId));
            } catch (TeaException e) {
                return new Refused(
                        e.getCode(),
                        String.valueOf(e.getMessage()),
                        String.valueOf(e.getData().get("RequestId")));
            }
        }

        @Override
        public void deleteDisk(String diskId) throws Exception {
            client.deleteDisk(new com.aliyun.ecs20140526.models.DeleteDiskRequest().setDiskId(diskId));
        }

        @Override
        public String runInstance() throws Exception {
            var disk = new com.aliyun.ecs20140526.models.RunInstancesRequest.RunInstancesRequestDataDisk()
                    .setCategory("cloud_ssd")
                    .setSize(20);
            return client.runInstances(new com.aliyun.ecs20140526.models.RunInstancesRequest()
                            .setRegionId(REGION)
                            .setZoneId(ZONE)
                            .setInstanceType("ecs.g5.large")
                            .setImageId("an-image")
                            .setDataDisk(List.of(disk)))
                    .getBody()
                    .getInstanceIdSets()
                    .getInstanceIdSet()
                    .get(0);
        }

        @Override
        public Optional<String> instanceStatus(String instanceId) throws Exception {
            return client
                    .describeInstances(new com.aliyun.ecs20140526.models.DescribeInstancesRequest()
                            .setRegionId(REGION)
                            .setInstanceIds("[\"" + instanceId + "\"]"))
                    .getBody()
                    .getInstances()
                    .getInstance()
                    .stream()
                    .findFirst()
                    .map(instance -> instance.getStatus());
        }

        @Override
        public void stopInstance(String instanceId) throws Exception {
            client.stopInstance(new com.aliyun.ecs20140526.models.StopInstanceRequest().setInstanceId(instanceId));
        }

        @Override
        public void startInstance(String instanceId) throws Exception {
            client.startInstance(new com.aliyun.ecs20140526.models.StartInstanceRequest().setInstanceId(instanceId));
        }

        @Override
        public void deleteInstance(String instanceId) throws Exception {
            client.deleteInstance(new com.aliyun.ecs20140526.models.DeleteInstanceRequest().setInstanceId(instanceId));
        }
    }
}
