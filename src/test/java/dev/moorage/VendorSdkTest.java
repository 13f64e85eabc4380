package dev.moorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Both generations of the vendor's Java SDK, unmodified, with each signature that they have. */
class VendorSdkTest {
    private static final String REQUEST_ID = "[0-9A-F]{8}(-[0-9A-F]{4}){3}-[0-9A-F]{12}";

    private static RunningServer server;
    private static RunningServer busy;

    @BeforeAll
    static void start() {
        server = RunningServer.start(
                "moorage.auth = required",
                "moorage.accounts = [{ accessKeyId = \"test-*\", accessKeySecret = secret }]");
        busy = RunningServer.start("moorage.throttling.limits.DetachDisk = 0");
    }

    @AfterAll
    static void stop() {
        server.close();
        busy.close();
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatItCallsTooOften(Sdk.Kind kind) throws Exception {
        try (var sdk = kind.at(busy.endpoint(), "testid", "testsecret")) {
            var refused = sdk.refusal("i-23jggx34b", "d-23jbf2v5m");

            assertThat(refused.code()).isEqualTo("Throttling");
            assertThat(refused.message()).contains("Request was denied due to request throttling.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void detachesADisk(Sdk.Kind kind) throws Exception {
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
    void runsAnInstance(Sdk.Kind kind) throws Exception {
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
    void readsErrors(Sdk.Kind kind) throws Exception {
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
    void readsTextAsItWasWritten(Sdk.Kind kind) throws Exception {
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
    void seesOnlyItsOwnAccount(Sdk.Kind kind) throws Exception {
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
    void hearsThatItsKeyIsUnknown(Sdk.Kind kind) throws Exception {
        try (var sdk = kind.at(server.endpoint(), "nobody", "testsecret")) {
            var refused = sdk.refusal("i-23jggx34b", "d-23jbf2v5m");

            assertThat(refused.code()).isEqualTo("InvalidAccessKeyId.NotFound");
            assertThat(refused.message()).contains("Specified access key is not found.");
        }
    }

    @ParameterizedTest
    @EnumSource
    void hearsThatItsSecretIsWrong(Sdk.Kind kind) throws Exception {
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
}
