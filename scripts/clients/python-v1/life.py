"""The life of a disk and of an instance, with aliyun-python-sdk-ecs."""

import importlib
import json
import os
import time
import uuid

from aliyunsdkcore.acs_exception.exceptions import ServerException
from aliyunsdkcore.client import AcsClient

REGION, ZONE, INSTANCE = "cn-hangzhou", "cn-hangzhou-b", "i-23jggx34b"


def connect(secret):
    client = AcsClient("testid", secret, REGION)
    client.add_endpoint(REGION, "Ecs", os.environ["MOORAGE"])
    return client


client = connect("testsecret")


def request(action, **parameters):
    module = importlib.import_module(f"aliyunsdkecs.request.v20140526.{action}Request")
    made = getattr(module, f"{action}Request")()
    made.set_accept_format("JSON")
    for name, value in parameters.items():
        getattr(made, f"set_{name}")(value)
    return made


def ask(action, **parameters):
    return json.loads(client.do_action_with_exception(request(action, **parameters)))


def refused(made, by=client):
    try:
        by.do_action_with_exception(made)
    except ServerException as refusal:
        return refusal.get_http_status(), refusal.get_error_code()
    raise AssertionError(f"{made.get_action_name()} was not refused")


def equal(actual, expected):
    assert actual == expected, f"{actual!r} instead of {expected!r}"


def until(expected, look):
    end = time.monotonic() + 30
    while (seen := look()) != expected:
        assert time.monotonic() < end, f"still {seen!r} instead of {expected!r}"
        time.sleep(0.1)


def disks(disk):
    return ask("DescribeDisks", DiskIds=json.dumps([disk]))["Disks"]["Disk"]


def status(disk):
    return disks(disk)[0]["Status"]


def create():
    wanted = dict(ZoneId=ZONE, DiskCategory="cloud_efficiency", Size=20, DiskName="suite",
                  ClientToken=str(uuid.uuid4()), Tags=[{"Key": "suite", "Value": "python v1"}])
    disk = ask("CreateDisk", **wanted)["DiskId"]
    equal(ask("CreateDisk", **wanted)["DiskId"], disk)
    equal(refused(request("CreateDisk", **{**wanted, "Size": 30})), (400, "IdempotentParameterMismatch"))
    until("Available", lambda: status(disk))
    seen = disks(disk)[0]
    equal((seen["Size"], seen["DiskName"], seen["Portable"], seen["Encrypted"]), (20, "suite", True, False))
    equal(seen["Tags"]["Tag"], [{"TagKey": "suite", "TagValue": "python v1"}])
    return disk


def attach(disk):
    ask("AttachDisk", InstanceId=INSTANCE, DiskId=disk)
    until("In_use", lambda: status(disk))
    equal(disks(disk)[0]["Attachments"]["Attachment"][0]["InstanceId"], INSTANCE)


def change(disk):
    ask("ModifyDiskAttribute", DiskId=disk, DiskName="renamed", Description="a+b c/ü&<é>", DeleteWithInstance=True)
    ask("ResizeDisk", DiskId=disk, NewSize=40, Type="online")
    until(40, lambda: disks(disk)[0]["Size"])
    seen = disks(disk)[0]
    equal((seen["DiskName"], seen["Description"], seen["DeleteWithInstance"]), ("renamed", "a+b c/ü&<é>", True))


def snapshot(disk):
    made = ask("CreateSnapshot", DiskId=disk, SnapshotName="suite")["SnapshotId"]

    def described():
        return ask("DescribeSnapshots", SnapshotIds=json.dumps([made]))["Snapshots"]["Snapshot"]

    until("accomplished", lambda: described()[0]["Status"])
    equal(described()[0]["SourceDiskId"], disk)
    ask("DeleteSnapshot", SnapshotId=made)
    until([], described)


def tag(disk):
    def tags():
        listed = ask("ListTagResources", ResourceType="disk", ResourceIds=[disk])["TagResources"]["TagResource"]
        return {each["TagKey"]: each["TagValue"] for each in listed}

    ask("TagResources", ResourceType="disk", ResourceIds=[disk], Tags=[{"Key": "for", "Value": "a while"}])
    equal(tags(), {"suite": "python v1", "for": "a while"})
    ask("UntagResources", ResourceType="disk", ResourceIds=[disk], TagKeys=["for"])
    equal(tags(), {"suite": "python v1"})


def detach(disk):
    off = dict(InstanceId=INSTANCE, DiskId=disk)
    ask("DetachDisk", **off)
    equal(status(disk), "Detaching")
    until("Available", lambda: status(disk))
    equal(disks(disk)[0]["InstanceId"], "")
    equal(refused(request("DetachDisk", **off)), (403, "DependencyViolation"))


def delete(disk):
    ask("DeleteDisk", DiskId=disk)
    until([], lambda: disks(disk))


def mistakes():
    equal(refused(request("DescribeDisks"), by=connect("wrong")), (400, "InvalidAccessKeySecret"))
    equal(refused(request("DetachDisk", InstanceId=INSTANCE)), (400, "MissingParameter"))
    equal(refused(request("DetachDisk", InstanceId=INSTANCE, DiskId="d-never")), (404, "InvalidDiskId.NotFound"))


def instance():
    made = ask("RunInstances", ZoneId=ZONE, ImageId="aliyun_3_x64_20G_alibase.vhd", InstanceType="ecs.g6.large",
               InstanceName="suite", Amount=1)["InstanceIdSets"]["InstanceIdSet"][0]

    def described():
        return ask("DescribeInstances", InstanceIds=json.dumps([made]))["Instances"]["Instance"]

    def is_in(expected):
        until(expected, lambda: described()[0]["Status"])

    is_in("Running")
    ask("StopInstance", InstanceId=made)
    is_in("Stopped")
    ask("StartInstance", InstanceId=made)
    is_in("Running")
    ask("DeleteInstance", InstanceId=made, Force=True)
    until([], described)


disk = create()
attach(disk)
change(disk)
snapshot(disk)
tag(disk)
detach(disk)
delete(disk)
mistakes()
instance()
