// The life of a disk and of an instance, with github.com/aliyun/alibaba-cloud-sdk-go.
package main

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"os"
	"reflect"
	"time"

	"github.com/aliyun/alibaba-cloud-sdk-go/sdk"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/auth/credentials"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/errors"
	"github.com/aliyun/alibaba-cloud-sdk-go/sdk/requests"
	"github.com/aliyun/alibaba-cloud-sdk-go/services/ecs"
)

const (
	region   = "cn-hangzhou"
	zone     = "cn-hangzhou-b"
	instance = "i-23jggx34b"
)

func connect(secret string) *ecs.Client {
	client, err := ecs.NewClientWithOptions(region, sdk.NewConfig().WithScheme("HTTP"),
		credentials.NewAccessKeyCredential("testid", secret))
	must(err)
	client.Domain = os.Getenv("MOORAGE")
	return client
}

var client = connect("testsecret")

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func ask[Q, A any](call func(Q) (A, error), request Q) A {
	answer, err := call(request)
	must(err)
	return answer
}

func equal(actual, expected any) {
	if !reflect.DeepEqual(actual, expected) {
		panic(fmt.Sprintf("%#v instead of %#v", actual, expected))
	}
}

func refused(err error, status int, code string) *errors.ServerError {
	refusal, is := err.(*errors.ServerError)
	if !is {
		panic(fmt.Sprintf("%v instead of %d %s", err, status, code))
	}
	equal(fmt.Sprint(refusal.HttpStatus(), " ", refusal.ErrorCode()), fmt.Sprint(status, " ", code))
	return refusal
}

func until[T comparable](expected T, look func() T) {
	var seen T
	for end := time.Now().Add(30 * time.Second); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		if seen = look(); seen == expected {
			return
		}
	}
	panic(fmt.Sprintf("still %v instead of %v", seen, expected))
}

func list(ids ...string) string {
	text, err := json.Marshal(ids)
	must(err)
	return string(text)
}

func disks(disk string) []ecs.Disk {
	request := ecs.CreateDescribeDisksRequest()
	request.DiskIds = list(disk)
	return ask(client.DescribeDisks, request).Disks.Disk
}

func is(disk, status string) {
	until(status, func() string { return disks(disk)[0].Status })
}

func create() string {
	token := fmt.Sprint(time.Now().UnixNano())
	with := func(size int) *ecs.CreateDiskRequest {
		request := ecs.CreateCreateDiskRequest()
		request.ZoneId, request.DiskCategory, request.DiskName = zone, "cloud_efficiency", "suite"
		request.Size, request.ClientToken = requests.NewInteger(size), token
		request.Tag = &[]ecs.CreateDiskTag{{Key: "suite", Value: "go v1"}}
		return request
	}
	disk := ask(client.CreateDisk, with(20)).DiskId
	equal(ask(client.CreateDisk, with(20)).DiskId, disk)
	_, err := client.CreateDisk(with(30))
	refused(err, 400, "IdempotentParameterMismatch")
	is(disk, "Available")
	seen := disks(disk)[0]
	equal([]any{seen.Size, seen.DiskName, seen.Portable, seen.Encrypted}, []any{20, "suite", true, false})
	equal(seen.Tags.Tag, []ecs.Tag{{TagKey: "suite", TagValue: "go v1"}})
	return disk
}

func attach(disk string) {
	request := ecs.CreateAttachDiskRequest()
	request.InstanceId, request.DiskId = instance, disk
	ask(client.AttachDisk, request)
	is(disk, "In_use")
	equal(disks(disk)[0].Attachments.Attachment[0].InstanceId, instance)
}

func change(disk string) {
	request := ecs.CreateModifyDiskAttributeRequest()
	request.DiskId, request.DiskName, request.Description = disk, "renamed", "a+b c/ü&<é>"
	request.DeleteWithInstance = requests.NewBoolean(true)
	ask(client.ModifyDiskAttribute, request)
	resize := ecs.CreateResizeDiskRequest()
	resize.DiskId, resize.NewSize, resize.Type = disk, requests.NewInteger(40), "online"
	ask(client.ResizeDisk, resize)
	until(40, func() int { return disks(disk)[0].Size })
	seen := disks(disk)[0]
	equal([]any{seen.DiskName, seen.Description, seen.DeleteWithInstance}, []any{"renamed", "a+b c/ü&<é>", true})
}

func snapshot(disk string) {
	request := ecs.CreateCreateSnapshotRequest()
	request.DiskId, request.SnapshotName = disk, "suite"
	made := ask(client.CreateSnapshot, request).SnapshotId
	described := func() []ecs.Snapshot {
		request := ecs.CreateDescribeSnapshotsRequest()
		request.SnapshotIds = list(made)
		return ask(client.DescribeSnapshots, request).Snapshots.Snapshot
	}
	until("accomplished", func() string { return described()[0].Status })
	equal(described()[0].SourceDiskId, disk)
	deletion := ecs.CreateDeleteSnapshotRequest()
	deletion.SnapshotId = made
	ask(client.DeleteSnapshot, deletion)
	until(0, func() int { return len(described()) })
}

func tag(disk string) {
	tags := func() map[string]string {
		request := ecs.CreateListTagResourcesRequest()
		request.ResourceType, request.ResourceId = "disk", &[]string{disk}
		listed := map[string]string{}
		for _, each := range ask(client.ListTagResources, request).TagResources.TagResource {
			listed[each.TagKey] = each.TagValue
		}
		return listed
	}
	request := ecs.CreateTagResourcesRequest()
	request.ResourceType, request.ResourceId = "disk", &[]string{disk}
	request.Tag = &[]ecs.TagResourcesTag{{Key: "for", Value: "a while"}}
	ask(client.TagResources, request)
	equal(tags(), map[string]string{"suite": "go v1", "for": "a while"})
	removal := ecs.CreateUntagResourcesRequest()
	removal.ResourceType, removal.ResourceId, removal.TagKey = "disk", &[]string{disk}, &[]string{"for"}
	ask(client.UntagResources, removal)
	equal(tags(), map[string]string{"suite": "go v1"})
}

func readXML(disk string) {
	request := requests.NewCommonRequest()
	request.Domain, request.Version, request.ApiName = client.Domain, "2014-05-26", "DescribeDisks"
	request.Scheme, request.AcceptFormat = "HTTP", "XML"
	request.QueryParams["DiskIds"] = list(disk)
	var answer struct {
		XMLName xml.Name `xml:"DescribeDisksResponse"`
		DiskId  string   `xml:"Disks>Disk>DiskId"`
	}
	must(xml.Unmarshal(ask(client.ProcessCommonRequest, request).GetHttpContentBytes(), &answer))
	equal(answer.DiskId, disk)
}

func detach(disk string) {
	request := func() *ecs.DetachDiskRequest {
		request := ecs.CreateDetachDiskRequest()
		request.InstanceId, request.DiskId = instance, disk
		return request
	}
	ask(client.DetachDisk, request())
	equal(disks(disk)[0].Status, "Detaching")
	is(disk, "Available")
	equal(disks(disk)[0].InstanceId, "")
	_, err := client.DetachDisk(request())
	refused(err, 403, "DependencyViolation")
}

func deleted(disk string) {
	request := ecs.CreateDeleteDiskRequest()
	request.DiskId = disk
	ask(client.DeleteDisk, request)
	until(0, func() int { return len(disks(disk)) })
}

func mistakes() {
	_, err := connect("wrong").DescribeDisks(ecs.CreateDescribeDisksRequest())
	refusal := refused(err, 400, "SignatureDoesNotMatch")
	equal(refusal.Recommend(), "InvalidAccessKeySecret: Please check you AccessKeySecret")
	request := ecs.CreateDetachDiskRequest()
	request.InstanceId = instance
	_, err = client.DetachDisk(request)
	refused(err, 400, "MissingParameter")
	request = ecs.CreateDetachDiskRequest()
	request.InstanceId, request.DiskId = instance, "d-never"
	_, err = client.DetachDisk(request)
	refused(err, 404, "InvalidDiskId.NotFound")
}

func lifeOfAnInstance() {
	request := ecs.CreateRunInstancesRequest()
	request.ZoneId, request.InstanceName, request.Amount = zone, "suite", requests.NewInteger(1)
	request.ImageId, request.InstanceType = "aliyun_3_x64_20G_alibase.vhd", "ecs.g6.large"
	made := ask(client.RunInstances, request).InstanceIdSets.InstanceIdSet[0]
	described := func() []ecs.Instance {
		request := ecs.CreateDescribeInstancesRequest()
		request.InstanceIds = list(made)
		return ask(client.DescribeInstances, request).Instances.Instance
	}
	is := func(status string) { until(status, func() string { return described()[0].Status }) }
	is("Running")
	stop := ecs.CreateStopInstanceRequest()
	stop.InstanceId = made
	ask(client.StopInstance, stop)
	is("Stopped")
	start := ecs.CreateStartInstanceRequest()
	start.InstanceId = made
	ask(client.StartInstance, start)
	is("Running")
	deletion := ecs.CreateDeleteInstanceRequest()
	deletion.InstanceId, deletion.Force = made, requests.NewBoolean(true)
	ask(client.DeleteInstance, deletion)
	until(0, func() int { return len(described()) })
}

func main() {
	disk := create()
	attach(disk)
	change(disk)
	snapshot(disk)
	tag(disk)
	readXML(disk)
	detach(disk)
	deleted(disk)
	mistakes()
	lifeOfAnInstance()
}
