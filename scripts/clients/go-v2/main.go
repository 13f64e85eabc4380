// The life of a disk and of an instance, with github.com/alibabacloud-go/darabonba-openapi: the client that
// github.com/alibabacloud-go/ecs-20140526 is generated over, called by the names of actions and parameters.
package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"reflect"
	"time"

	openapi "github.com/alibabacloud-go/darabonba-openapi/v2/client"
	"github.com/alibabacloud-go/darabonba-openapi/v2/models"
	openapiutil "github.com/alibabacloud-go/darabonba-openapi/v2/utils"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"
)

const (
	region   = "cn-hangzhou"
	zone     = "cn-hangzhou-b"
	instance = "i-23jggx34b"
)

// What is asked, and what is answered.
type fields map[string]any

// What is read of the answers.
type answer struct {
	DiskId, SnapshotId string
	InstanceIdSets     struct{ InstanceIdSet []string }
	Disks              struct{ Disk []disk }
	Instances          struct{ Instance []struct{ Status string } }
	Snapshots          struct {
		Snapshot []struct{ Status, SourceDiskId string }
	}
	TagResources struct {
		TagResource []struct{ TagKey, TagValue string }
	}
}

type disk struct {
	DiskId, DiskName, Description, Status, InstanceId string
	Size                                              int
	Portable, Encrypted, DeleteWithInstance           bool
	Tags                                              struct {
		Tag []struct{ TagKey, TagValue string }
	}
	Attachments struct{ Attachment []struct{ InstanceId string } }
}

func connect(secret, algorithm string) *openapi.Client {
	client, err := openapi.NewClient(&models.Config{
		AccessKeyId:        tea.String("testid"),
		AccessKeySecret:    tea.String(secret),
		Endpoint:           tea.String(os.Getenv("MOORAGE")),
		Protocol:           tea.String("http"),
		SignatureAlgorithm: tea.String(algorithm),
	})
	must(err)
	return client
}

var client = connect("testsecret", "")

func must(err error) {
	if err != nil {
		panic(err)
	}
}

func call(client *openapi.Client, action string, parameters fields) (answer, error) {
	result, err := client.CallApi(&openapiutil.Params{
		Action: tea.String(action), Version: tea.String("2014-05-26"), Protocol: tea.String("HTTPS"),
		Pathname: tea.String("/"), Method: tea.String("POST"), AuthType: tea.String("AK"), Style: tea.String("RPC"),
		ReqBodyType: tea.String("formData"), BodyType: tea.String("json"),
	}, &openapiutil.OpenApiRequest{Query: openapiutil.Query(parameters)}, &dara.RuntimeOptions{})
	var read answer
	if err != nil {
		return read, err
	}
	text, err := json.Marshal(result["body"])
	must(err)
	return read, json.Unmarshal(text, &read)
}

func ask(action string, parameters fields) answer {
	read, err := call(client, action, parameters)
	must(err)
	return read
}

func equal(actual, expected any) {
	if !reflect.DeepEqual(actual, expected) {
		panic(fmt.Sprintf("%#v instead of %#v", actual, expected))
	}
}

func refused(client *openapi.Client, action string, parameters fields, status int, code string) {
	_, err := call(client, action, parameters)
	var refusal *tea.SDKError
	if !errors.As(err, &refusal) {
		panic(fmt.Sprintf("%T %v instead of %d %s", err, err, status, code))
	}
	equal([]any{*refusal.StatusCode, *refusal.Code}, []any{status, code})
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

func which(disk string) fields {
	return fields{"RegionId": region, "DiskIds": list(disk)}
}

func disks(disk string) []disk {
	return ask("DescribeDisks", which(disk)).Disks.Disk
}

func is(disk, status string) {
	until(status, func() string { return disks(disk)[0].Status })
}

func create() string {
	wanted := fields{
		"RegionId": region, "ZoneId": zone, "DiskCategory": "cloud_efficiency", "Size": 20, "DiskName": "suite",
		"ClientToken": fmt.Sprint(time.Now().UnixNano()),
		"Tag":         []fields{{"Key": "suite", "Value": "go v2"}},
	}
	disk := ask("CreateDisk", wanted).DiskId
	equal(ask("CreateDisk", wanted).DiskId, disk)
	wanted["Size"] = 30
	refused(client, "CreateDisk", wanted, 400, "IdempotentParameterMismatch")
	is(disk, "Available")
	seen := disks(disk)[0]
	equal([]any{seen.Size, seen.DiskName, seen.Portable, seen.Encrypted}, []any{20, "suite", true, false})
	equal(fmt.Sprint(seen.Tags.Tag), "[{suite go v2}]")
	return disk
}

func attach(disk string) {
	ask("AttachDisk", fields{"InstanceId": instance, "DiskId": disk})
	is(disk, "In_use")
	equal(disks(disk)[0].Attachments.Attachment[0].InstanceId, instance)
}

func change(disk string) {
	ask("ModifyDiskAttribute", fields{
		"DiskId": disk, "DiskName": "renamed", "Description": "a+b c/ü&<é>", "DeleteWithInstance": true})
	ask("ResizeDisk", fields{"DiskId": disk, "NewSize": 40, "Type": "online"})
	until(40, func() int { return disks(disk)[0].Size })
	seen := disks(disk)[0]
	equal([]any{seen.DiskName, seen.Description, seen.DeleteWithInstance}, []any{"renamed", "a+b c/ü&<é>", true})
}

func snapshot(disk string) {
	made := ask("CreateSnapshot", fields{"DiskId": disk, "SnapshotName": "suite"}).SnapshotId
	described := func() answer {
		return ask("DescribeSnapshots", fields{"RegionId": region, "SnapshotIds": list(made)})
	}
	until("accomplished", func() string { return described().Snapshots.Snapshot[0].Status })
	equal(described().Snapshots.Snapshot[0].SourceDiskId, disk)
	ask("DeleteSnapshot", fields{"SnapshotId": made})
	until(0, func() int { return len(described().Snapshots.Snapshot) })
}

func tag(disk string) {
	with := func(more fields) fields {
		all := fields{"RegionId": region, "ResourceType": "disk", "ResourceId": []string{disk}}
		for name, value := range more {
			all[name] = value
		}
		return all
	}
	tags := func() map[string]string {
		listed := map[string]string{}
		for _, each := range ask("ListTagResources", with(nil)).TagResources.TagResource {
			listed[each.TagKey] = each.TagValue
		}
		return listed
	}
	ask("TagResources", with(fields{"Tag": []fields{{"Key": "for", "Value": "a while"}}}))
	equal(tags(), map[string]string{"suite": "go v2", "for": "a while"})
	ask("UntagResources", with(fields{"TagKey": []string{"for"}}))
	equal(tags(), map[string]string{"suite": "go v2"})
}

func signTheOldWay(disk string) {
	read, err := call(connect("testsecret", "v2"), "DescribeDisks", which(disk))
	must(err)
	equal(read.Disks.Disk[0].DiskId, disk)
	refused(connect("wrong", "v2"), "DescribeDisks", which(disk), 400, "SignatureDoesNotMatch")
}

func detach(disk string) {
	off := fields{"InstanceId": instance, "DiskId": disk}
	ask("DetachDisk", off)
	equal(disks(disk)[0].Status, "Detaching")
	is(disk, "Available")
	equal(disks(disk)[0].InstanceId, "")
	refused(client, "DetachDisk", off, 403, "DependencyViolation")
}

func remove(disk string) {
	ask("DeleteDisk", fields{"DiskId": disk})
	until(0, func() int { return len(disks(disk)) })
}

func mistakes() {
	refused(connect("wrong", ""), "DescribeDisks", which("d-never"), 400, "SignatureDoesNotMatch")
	refused(client, "DetachDisk", fields{"InstanceId": instance}, 400, "MissingParameter")
	refused(client, "DetachDisk", fields{"InstanceId": instance, "DiskId": "d-never"}, 404, "InvalidDiskId.NotFound")
}

func lifeOfAnInstance() {
	made := ask("RunInstances", fields{
		"RegionId": region, "ZoneId": zone, "ImageId": "aliyun_3_x64_20G_alibase.vhd", "InstanceType": "ecs.g6.large",
		"InstanceName": "suite", "Amount": 1}).InstanceIdSets.InstanceIdSet[0]
	described := func() answer {
		return ask("DescribeInstances", fields{"RegionId": region, "InstanceIds": list(made)})
	}
	is := func(status string) {
		until(status, func() string { return described().Instances.Instance[0].Status })
	}
	is("Running")
	ask("StopInstance", fields{"InstanceId": made})
	is("Stopped")
	ask("StartInstance", fields{"InstanceId": made})
	is("Running")
	ask("DeleteInstance", fields{"InstanceId": made, "Force": true})
	until(0, func() int { return len(described().Instances.Instance) })
}

func main() {
	disk := create()
	attach(disk)
	change(disk)
	snapshot(disk)
	tag(disk)
	signTheOldWay(disk)
	detach(disk)
	remove(disk)
	mistakes()
	lifeOfAnInstance()
}
