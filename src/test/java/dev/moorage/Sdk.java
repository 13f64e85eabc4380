package dev.moorage;

import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpClientType;
import java.util.List;
import java.util.Optional;

/** What the tests need of an SDK. */
interface Sdk extends AutoCloseable {
    String REGION = "cn-hangzhou";
    String ZONE = "cn-hangzhou-b";

    String createDisk(String name, String description) throws Exception;

    Optional<SeenDisk> disk(String diskId) throws Exception;

    int disksOn(String instanceId) throws Exception;

    /** Returns the request's id. */
    String attachDisk(String instanceId, String diskId) throws Exception;

    /** Takes it from wherever it is. */
    void forceAttachDisk(String instanceId, String diskId) throws Exception;

    /** Returns the request's id. */
    String detachDisk(String instanceId, String diskId) throws Exception;

    /** What an attempt is refused with. */
    Refused refused(Attempt attempt) throws Exception;

    /** What an attempt to detach is refused with. */
    default Refused refusal(String instanceId, String diskId) throws Exception {
        return refused(() -> detachDisk(instanceId, diskId));
    }

    void deleteDisk(String diskId) throws Exception;

    /** With a system disk and a data disk. */
    String runInstance() throws Exception;

    List<String> instanceLocks(String instanceId) throws Exception;

    /** The reasons of what is in its history. */
    List<String> systemEvents(String instanceId) throws Exception;

    Optional<String> instanceStatus(String instanceId) throws Exception;

    void stopInstance(String instanceId) throws Exception;

    void startInstance(String instanceId) throws Exception;

    void deleteInstance(String instanceId) throws Exception;

    @Override
    default void close() {}

    /** A call that returns something if it is not refused. */
    interface Attempt {
        Object make() throws Exception;
    }

    record SeenDisk(
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

    record Refused(String code, String message, String requestId) {}

    enum Kind {
        OLDER_V1_JSON("SDK.InvalidAccessKeySecret", "Specified Access Key Secret is not valid.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new OlderSdk(
                        endpoint, keyId, secret, SignatureVersion.V1, FormatType.JSON, HttpClientType.ApacheHttpClient);
            }
        },
        OLDER_V1_XML("SDK.InvalidAccessKeySecret", "Specified Access Key Secret is not valid.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new OlderSdk(
                        endpoint, keyId, secret, SignatureVersion.V1, FormatType.XML, HttpClientType.ApacheHttpClient);
            }
        },
        /** Everything is in the body. */
        OLDER_V1_COMPATIBLE("SDK.InvalidAccessKeySecret", "Specified Access Key Secret is not valid.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new OlderSdk(
                        endpoint, keyId, secret, SignatureVersion.V1, FormatType.JSON, HttpClientType.Compatible);
            }
        },
        OLDER_V3_JSON("SignatureDoesNotMatch", "Specified signature does not match our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new OlderSdk(
                        endpoint, keyId, secret, SignatureVersion.V3, FormatType.JSON, HttpClientType.ApacheHttpClient);
            }
        },
        OLDER_V3_XML("SignatureDoesNotMatch", "Specified signature does not match our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) {
                return new OlderSdk(
                        endpoint, keyId, secret, SignatureVersion.V3, FormatType.XML, HttpClientType.ApacheHttpClient);
            }
        },
        NEWER_V3("SignatureDoesNotMatch", "Specified signature does not match our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) throws Exception {
                return new NewerSdk(endpoint, keyId, secret, "");
            }
        },
        /** Its name for the signature in the parameters is "v2". */
        NEWER_V1("SignatureDoesNotMatch", "Specified signature is not matched with our calculation.") {
            @Override
            Sdk at(String endpoint, String keyId, String secret) throws Exception {
                return new NewerSdk(endpoint, keyId, secret, "v2");
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
}
