#!/usr/bin/env bash
# The life of a disk and of an instance, with the aliyun command line.
set -euo pipefail
export ALIBABA_CLOUD_ACCESS_KEY_ID=testid ALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret ALIBABA_CLOUD_REGION_ID=cn-hangzhou
export ALIBABA_CLOUD_IGNORE_PROFILE=TRUE
zone=cn-hangzhou-b instance=i-23jggx34b
answer=$(mktemp)
trap 'rm -f "$answer"' EXIT

fail() {
  echo "$1" >&2
  cat "$answer" >&2
  exit 1
}

ask() {
  aliyun ecs "$@" --endpoint "$MOORAGE" --insecure >"$answer" 2>&1 || fail "aliyun ecs $*"
}

says() {
  grep -q -- "$1" "$answer" || fail "No $1 in"
}

refused() {
  local expected=$1
  shift
  ! aliyun ecs "$@" --endpoint "$MOORAGE" --insecure >"$answer" 2>&1 || fail "aliyun ecs $* was not refused"
  says "$expected"
}

value() {
  sed -n "s/.*\"$1\": \"\([^\"]*\)\".*/\1/p" "$answer" | head -n 1
}

disk_is() {
  ask DescribeDisks --DiskIds "[\"$disk\"]" --waiter "expr=Disks.Disk[0].Status" "to=$1" timeout=30 interval=2
}

instance_is() {
  ask DescribeInstances --InstanceIds "[\"$made\"]" --waiter "expr=Instances.Instance[0].Status" "to=$1" timeout=30 interval=2
}

# Made, once.
new=(CreateDisk --ZoneId "$zone" --DiskCategory cloud_efficiency --DiskName suite --ClientToken "suite-$$-$RANDOM"
  --Tag.1.Key suite --Tag.1.Value cli)
ask "${new[@]}" --Size 20
disk=$(value DiskId)
ask "${new[@]}" --Size 20
says "$disk"
refused 'ErrorCode: IdempotentParameterMismatch' "${new[@]}" --Size 30
disk_is Available
says '"TagValue": "cli"'

# In use, and changed.
ask AttachDisk --InstanceId "$instance" --DiskId "$disk"
disk_is In_use
says "\"InstanceId\": \"$instance\""
ask ModifyDiskAttribute --DiskId "$disk" --DiskName renamed --Description 'a+b c/ü&<é>' --DeleteWithInstance true
ask ResizeDisk --DiskId "$disk" --NewSize 40 --Type online
ask DescribeDisks --DiskIds "[\"$disk\"]"
says '"DiskName": "renamed"'
says '"DeleteWithInstance": true'
says '"Size": 40'

# Snapshots and tags.
ask CreateSnapshot --DiskId "$disk" --SnapshotName suite
snapshot=$(value SnapshotId)
ask DescribeSnapshots --SnapshotIds "[\"$snapshot\"]" --waiter 'expr=Snapshots.Snapshot[0].Status' to=accomplished timeout=30 interval=2
ask DeleteSnapshot --SnapshotId "$snapshot"
ask TagResources --ResourceType disk --ResourceId.1 "$disk" --Tag.1.Key for --Tag.1.Value 'a while'
ask ListTagResources --ResourceType disk --ResourceId.1 "$disk"
says '"TagValue": "a while"'
ask UntagResources --ResourceType disk --ResourceId.1 "$disk" --TagKey.1 for
ask ListTagResources --ResourceType disk --ResourceId.1 "$disk"
! grep -q 'a while' "$answer" || fail 'Still tagged:'

# All pages in one, and XML.
ask DescribeDisks --PageSize 3 --pager 'path=Disks.Disk[]'
says "$disk"
says '"DiskId": "d-free1"'
ask DescribeDisks --DiskIds "[\"$disk\"]" --header Accept=application/xml
says "<DiskId>$disk</DiskId>"

# Off, and gone.
ask DetachDisk --InstanceId "$instance" --DiskId "$disk"
ask DescribeDisks --DiskIds "[\"$disk\"]"
says '"Status": "Detaching"'
disk_is Available
refused 'ErrorCode: DependencyViolation' DetachDisk --InstanceId "$instance" --DiskId "$disk"
ask DeleteDisk --DiskId "$disk"
ask DescribeDisks --DiskIds "[\"$disk\"]"
says '"TotalCount": 0'

# Mistakes.
refused 'Recommend: InvalidAccessKeySecret' DescribeDisks --access-key-secret wrong
refused 'required parameters not assigned' DetachDisk --InstanceId "$instance"
refused 'ErrorCode: MissingParameter' DetachDisk --InstanceId "$instance" --DiskId ''
refused 'ErrorCode: InvalidDiskId.NotFound' DetachDisk --InstanceId "$instance" --DiskId d-never

# An instance.
ask RunInstances --ZoneId "$zone" --ImageId aliyun_3_x64_20G_alibase.vhd --InstanceType ecs.g6.large --InstanceName suite --Amount 1
made=$(sed -n 's/.*"\(i-[a-z0-9]*\)".*/\1/p' "$answer")
instance_is Running
ask StopInstance --InstanceId "$made"
instance_is Stopped
ask StartInstance --InstanceId "$made"
instance_is Running
ask DeleteInstance --InstanceId "$made" --Force true
ask DescribeInstances --InstanceIds "[\"$made\"]"
says '"TotalCount": 0'
