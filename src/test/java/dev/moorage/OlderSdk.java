package dev.moorage;

import com.aliyuncs.AcsResponse;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.RpcAcsRequest;
import com.aliyuncs.auth.SignatureVersion;
import com.aliyuncs.ecs.model.v20140526.AttachDiskRequest;
import com.aliyuncs.ecs.model.v20140526.CreateDiskRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteDiskRequest;
import com.aliyuncs.ecs.model.v20140526.DeleteInstanceRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeDisksRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstanceHistoryEventsRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstancesRequest;
import com.aliyuncs.ecs.model.v20140526.DescribeInstancesResponse;
import com.aliyuncs.ecs.model.v20140526.DetachDiskRequest;
import com.aliyuncs.ecs.model.v20140526.RunInstancesRequest;
import com.aliyuncs.ecs.model.v20140526.StartInstanceRequest;
import com.aliyuncs.ecs.model.v20140526.StopInstanceRequest;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.FormatType;
import com.aliyuncs.http.HttpClientConfig;
import com.aliyuncs.http.HttpClientType;
import com.aliyuncs.profile.DefaultProfile;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The SDK in {@code com.aliyuncs}. */
final class OlderSdk implements Sdk {
    private final DefaultAcsClient client;
    private final String endpoint;
    private final SignatureVersion signature;
    private final FormatType format;

    OlderSdk(
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
    public String attachDisk(String instanceId, String diskId) throws ClientException {
        var request = new AttachDiskRequest();
        request.setInstanceId(instanceId);
        request.setDiskId(diskId);
        return call(request).getRequestId();
    }

    @Override
    public void forceAttachDisk(String instanceId, String diskId) throws ClientException {
        var request = new AttachDiskRequest();
        request.setInstanceId(instanceId);
        request.setDiskId(diskId);
        request.putQueryParameter("Force", true);
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
    public Refused refused(Attempt attempt) throws Exception {
        try {
            throw new AssertionError("Not refused: " + attempt.make());
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
    public List<String> systemEvents(String instanceId) throws ClientException {
        var request = new DescribeInstanceHistoryEventsRequest();
        request.putQueryParameter("RegionId", REGION);
        request.setResourceType("instance");
        request.setResourceIds(List.of(instanceId));
        request.setInstanceEventCycleStatuss(List.of("Scheduled", "Executing", "Executed"));
        return call(request).getInstanceSystemEventSet().stream()
                .map(event -> event.getReason())
                .toList();
    }

    @Override
    public List<String> instanceLocks(String instanceId) throws ClientException {
        return instances(instanceId)
                .flatMap(instance -> instance.getOperationLocks().stream())
                .map(lock -> lock.getLockReason())
                .toList();
    }

    @Override
    public Optional<String> instanceStatus(String instanceId) throws ClientException {
        return instances(instanceId).findFirst().map(instance -> instance.getStatus());
    }

    private Stream<DescribeInstancesResponse.Instance> instances(String instanceId) throws ClientException {
        var request = new DescribeInstancesRequest();
        request.putQueryParameter("RegionId", REGION);
        request.setInstanceIds("[\"" + instanceId + "\"]");
        return call(request).getInstances().stream();
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
