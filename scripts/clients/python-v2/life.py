"""The life of a disk and of an instance, with alibabacloud_ecs20140526."""

import json
import os
import time
import uuid

from alibabacloud_ecs20140526 import models as ecs
from alibabacloud_ecs20140526.client import Client
from alibabacloud_tea_openapi.models import Config
from Tea.exceptions import TeaException

REGION, ZONE, INSTANCE = "cn-hangzhou", "cn-hangzhou-b", "i-23jggx34b"


def connect(secret="testsecret", algorithm=None):
    return Client(Config(access_key_id="testid", access_key_secret=secret, region_id=REGION,
                         endpoint=os.environ["MOORAGE"], protocol="http", signature_algorithm=algorithm))


client = connect()


def refused(call):
    try:
        call()
    except TeaException as refusal:
        return refusal.statusCode, refusal.code
    raise AssertionError("not refused")


def equal(actual, expected):
    assert actual == expected, f"{actual!r} instead of {expected!r}"


def until(expected, look):
    end = time.monotonic() + 30
    while (seen := look()) != expected:
        assert time.monotonic() < end, f"still {seen!r} instead of {expected!r}"
        time.sleep(0.1)


def disks(disk, by=client):
    request = ecs.DescribeDisksRequest(region_id=REGION, disk_ids=json.dumps([disk]))
    return by.describe_disks(request).body.disks.disk


def status(disk):
    return disks(disk)[0].status


def create():
    def wanted(size):
        return ecs.CreateDiskRequest(
            region_id=REGION, zone_id=ZONE, disk_category="cloud_efficiency", size=size, disk_name="suite",
            client_token=token, tag=[ecs.CreateDiskRequestTag(key="suite", value="python v2")])

    token = str(uuid.uuid4())
    disk = client.create_disk(wanted(20)).body.disk_id
    equal(client.create_disk(wanted(20)).body.disk_id, disk)
    equal(refused(lambda: client.create_disk(wanted(30))), (400, "IdempotentParameterMismatch"))
    until("Available", lambda: status(disk))
    seen = disks(disk)[0]
    equal((seen.size, seen.disk_name, seen.portable, seen.encrypted), (20, "suite", True, False))
    equal([(tag.tag_key, tag.tag_value) for tag in seen.tags.tag], [("suite", "python v2")])
    return disk


def attach(disk):
    client.attach_disk(ecs.AttachDiskRequest(instance_id=INSTANCE, disk_id=disk))
    until("In_use", lambda: status(disk))
    equal(disks(disk)[0].attachments.attachment[0].instance_id, INSTANCE)


def change(disk):
    client.modify_disk_attribute(ecs.ModifyDiskAttributeRequest(
        disk_id=disk, disk_name="renamed", description="a+b c/ü&<é>", delete_with_instance=True))
    client.resize_disk(ecs.ResizeDiskRequest(disk_id=disk, new_size=40, type="online"))
    until(40, lambda: disks(disk)[0].size)
    seen = disks(disk)[0]
    equal((seen.disk_name, seen.description, seen.delete_with_instance), ("renamed", "a+b c/ü&<é>", True))


def snapshot(disk):
    made = client.create_snapshot(ecs.CreateSnapshotRequest(disk_id=disk, snapshot_name="suite")).body.snapshot_id

    def described():
        request = ecs.DescribeSnapshotsRequest(region_id=REGION, snapshot_ids=json.dumps([made]))
        return client.describe_snapshots(request).body.snapshots.snapshot

    until("accomplished", lambda: described()[0].status)
    equal(described()[0].source_disk_id, disk)
    client.delete_snapshot(ecs.DeleteSnapshotRequest(snapshot_id=made))
    until([], described)


def tag(disk):
    def tags():
        request = ecs.ListTagResourcesRequest(region_id=REGION, resource_type="disk", resource_id=[disk])
        listed = client.list_tag_resources(request).body.tag_resources.tag_resource
        return {each.tag_key: each.tag_value for each in listed}

    which = dict(region_id=REGION, resource_type="disk", resource_id=[disk])
    client.tag_resources(ecs.TagResourcesRequest(**which, tag=[ecs.TagResourcesRequestTag(key="for", value="a while")]))
    equal(tags(), {"suite": "python v2", "for": "a while"})
    client.untag_resources(ecs.UntagResourcesRequest(**which, tag_key=["for"]))
    equal(tags(), {"suite": "python v2"})


def detach(disk):
    def off():
        client.detach_disk(ecs.DetachDiskRequest(instance_id=INSTANCE, disk_id=disk))

    off()
    equal(status(disk), "Detaching")
    until("Available", lambda: status(disk))
    equal(disks(disk)[0].instance_id, "")
    equal(refused(off), (403, "DependencyViolation"))


def delete(disk):
    client.delete_disk(ecs.DeleteDiskRequest(disk_id=disk))
    until([], lambda: disks(disk))


def sign_the_old_way(disk):
    equal(disks(disk, by=connect(algorithm="v2"))[0].disk_id, disk)
    wrong = connect(secret="wrong", algorithm="v2")
    equal(refused(lambda: disks(disk, by=wrong)), (400, "SignatureDoesNotMatch"))


def mistakes():
    wrong = connect(secret="wrong")
    equal(refused(lambda: disks("d-never", by=wrong)), (400, "SignatureDoesNotMatch"))
    lacking = ecs.DetachDiskRequest(instance_id=INSTANCE)
    equal(refused(lambda: client.detach_disk(lacking)), (400, "MissingParameter"))
    unknown = ecs.DetachDiskRequest(instance_id=INSTANCE, disk_id="d-never")
    equal(refused(lambda: client.detach_disk(unknown)), (404, "InvalidDiskId.NotFound"))


def instance():
    made = client.run_instances(ecs.RunInstancesRequest(
        region_id=REGION, zone_id=ZONE, image_id="aliyun_3_x64_20G_alibase.vhd", instance_type="ecs.g6.large",
        instance_name="suite", amount=1)).body.instance_id_sets.instance_id_set[0]

    def described():
        request = ecs.DescribeInstancesRequest(region_id=REGION, instance_ids=json.dumps([made]))
        return client.describe_instances(request).body.instances.instance

    def is_in(expected):
        until(expected, lambda: described()[0].status)

    is_in("Running")
    client.stop_instance(ecs.StopInstanceRequest(instance_id=made))
    is_in("Stopped")
    client.start_instance(ecs.StartInstanceRequest(instance_id=made))
    is_in("Running")
    client.delete_instance(ecs.DeleteInstanceRequest(instance_id=made, force=True))
    until([], described)


disk = create()
attach(disk)
change(disk)
snapshot(disk)
tag(disk)
sign_the_old_way(disk)
detach(disk)
delete(disk)
mistakes()
instance()
