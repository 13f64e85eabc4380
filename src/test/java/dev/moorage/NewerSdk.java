package dev.moorage;

import com.aliyun.ecs20140526.models.DescribeInstancesResponseBody.DescribeInstancesResponseBodyInstancesInstance;
import com.aliyun.tea.TeaException;
import com.aliyun.teaopenapi.models.Config;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The SDK in {@code com.aliyun}, whose classes have the same names. */
final class NewerSdk implements Sdk {
    private final com.aliyun.ecs20140526.Client client;

    NewerSdk(String endpoint, String keyId, String secret, String signatureAlgorithm) throws Exception {
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
    public String attachDisk(String instanceId, String diskId) throws Exception {
        return client.attachDisk(new com.aliyun.ecs20140526.models.AttachDiskRequest()
                        .setInstanceId(instanceId)
                        .setDiskId(diskId))
                .getBody()
                .getRequestId();
    }

    @Override
    public void forceAttachDisk(String instanceId, String diskId) throws Exception {
        client.attachDisk(new com.aliyun.ecs20140526.models.AttachDiskRequest()
                .setInstanceId(instanceId)
                .setDiskId(diskId)
                .setForce(true));
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
    public Refused refused(Attempt attempt) throws Exception {
        try {
            throw new AssertionError("Not refused: " + attempt.make());
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
    public List<String> systemEvents(String instanceId) throws Exception {
        return client
                .describeInstanceHistoryEvents(new com.aliyun.ecs20140526.models.DescribeInstanceHistoryEventsRequest()
                        .setRegionId(REGION)
                        .setResourceType("instance")
                        .setResourceId(List.of(instanceId))
                        .setInstanceEventCycleStatus(List.of("Scheduled", "Executing", "Executed")))
                .getBody()
                .getInstanceSystemEventSet()
                .getInstanceSystemEventType()
                .stream()
                .map(event -> event.getReason())
                .toList();
    }

    @Override
    public List<String> instanceLocks(String instanceId) throws Exception {
        return instances(instanceId).stream()
                .flatMap(instance -> instance.getOperationLocks().getLockReason().stream())
                .map(lock -> lock.getLockReason())
                .toList();
    }

    @Override
    public Optional<String> instanceStatus(String instanceId) throws Exception {
        return instances(instanceId).stream().findFirst().map(instance -> instance.getStatus());
    }

    private List<DescribeInstancesResponseBodyInstancesInstance> instances(String instanceId) throws Exception {
        return client.describeInstances(new com.aliyun.ecs20140526.models.DescribeInstancesRequest()
                        .setRegionId(REGION)
                        .setInstanceIds("[\"" + instanceId + "\"]"))
                .getBody()
                .getInstances()
                .getInstance();
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
