// The life of a volume, with the disk plugin of github.com/kubernetes-sigs/alibaba-cloud-csi-driver: what an
// orchestrator asks of its controller.
package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"

	"github.com/container-storage-interface/spec/lib/go/csi"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
)

const (
	region = "cn-hangzhou"
	zone   = "cn-hangzhou-b"
	node   = "i-23jggx34b"
	gib    = int64(1) << 30
)

var mounted = &csi.VolumeCapability{
	AccessMode: &csi.VolumeCapability_AccessMode{Mode: csi.VolumeCapability_AccessMode_SINGLE_NODE_WRITER},
	AccessType: &csi.VolumeCapability_Mount{Mount: &csi.VolumeCapability_MountVolume{FsType: "ext4"}},
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}

// An orchestrator asks again after Aborted, so a volume need not be there yet when it is to be attached.
func ask[Q, A any](call func(context.Context, Q, ...grpc.CallOption) (A, error), request Q) A {
	patience, enough := context.WithTimeout(context.Background(), time.Minute)
	defer enough()
	for {
		answer, err := call(patience, request, grpc.WaitForReady(true))
		if status.Code(err) != codes.Aborted {
			must(err)
			return answer
		}
		time.Sleep(200 * time.Millisecond)
	}
}

func equal(actual, expected any) {
	if actual != expected {
		panic(fmt.Sprintf("%#v instead of %#v", actual, expected))
	}
}

// Starts the plugin on a socket of its own, with nothing to reach but Moorage.
func start(socket string) *exec.Cmd {
	plugin := exec.Command("csi-plugin", "--driver=diskplugin.csi.alibabacloud.com", "--run-node-service=false",
		"--endpoint=unix://"+socket, "--kubeconfig=kubeconfig.yaml")
	plugin.Env = append(os.Environ(),
		"ECS_ENDPOINT="+os.Getenv("MOORAGE"), "ALICLOUD_CLIENT_SCHEME=http", "REGION_ID="+region,
		"ALIBABA_CLOUD_ACCESS_KEY_ID=testid", "ALIBABA_CLOUD_ACCESS_KEY_SECRET=testsecret",
		"ALIBABA_CLOUD_NO_ECS_METADATA=1", "ALIBABA_CLOUD_ACCOUNT_ID=1", "CLUSTER_ID=suite",
		"DISK_AD_CONTROLLER=true", "SERVICE_PORT=0")
	plugin.Stdout, plugin.Stderr = os.Stderr, os.Stderr
	must(plugin.Start())
	return plugin
}

func main() {
	directory, err := os.MkdirTemp("", "csi")
	must(err)
	defer os.RemoveAll(directory)
	socket := filepath.Join(directory, "csi.sock")
	plugin := start(socket)
	defer func() {
		must(plugin.Process.Kill())
		plugin.Wait()
	}()
	connection, err := grpc.NewClient("unix://"+socket, grpc.WithTransportCredentials(insecure.NewCredentials()))
	must(err)
	defer connection.Close()
	life(csi.NewControllerClient(connection))
}

func life(controller csi.ControllerClient) {
	// Asked twice, made once.
	wanted := &csi.CreateVolumeRequest{
		Name:               fmt.Sprintf("pvc-%d", time.Now().UnixNano()),
		CapacityRange:      &csi.CapacityRange{RequiredBytes: 20 * gib},
		VolumeCapabilities: []*csi.VolumeCapability{mounted},
		Parameters:         map[string]string{"type": "cloud_essd", "performanceLevel": "PL0", "zoneId": zone},
	}
	volume := ask(controller.CreateVolume, wanted).Volume.VolumeId
	equal(ask(controller.CreateVolume, wanted).Volume.VolumeId, volume)

	publish := &csi.ControllerPublishVolumeRequest{VolumeId: volume, NodeId: node, VolumeCapability: mounted}
	ask(controller.ControllerPublishVolume, publish)
	ask(controller.ControllerPublishVolume, publish)

	expansion := &csi.ControllerExpandVolumeRequest{VolumeId: volume,
		CapacityRange: &csi.CapacityRange{RequiredBytes: 40 * gib}, VolumeCapability: mounted}
	equal(ask(controller.ControllerExpandVolume, expansion).CapacityBytes, 40*gib)

	modification := &csi.ControllerModifyVolumeRequest{VolumeId: volume,
		MutableParameters: map[string]string{"performanceLevel": "PL1", "diskTags/suite": "csi"}}
	ask(controller.ControllerModifyVolume, modification)
	ask(controller.ControllerModifyVolume, modification)
	ask(controller.ControllerModifyVolume, &csi.ControllerModifyVolumeRequest{VolumeId: volume,
		MutableParameters: map[string]string{"-diskTags/suite": ""}})

	snapshot := ask(controller.CreateSnapshot, &csi.CreateSnapshotRequest{SourceVolumeId: volume, Name: "suite"}).Snapshot
	equal(snapshot.SourceVolumeId, volume)
	list := &csi.ListSnapshotsRequest{SnapshotId: snapshot.SnapshotId}
	for !ask(controller.ListSnapshots, list).Entries[0].Snapshot.ReadyToUse {
		time.Sleep(200 * time.Millisecond)
	}
	ask(controller.DeleteSnapshot, &csi.DeleteSnapshotRequest{SnapshotId: snapshot.SnapshotId})

	unpublish := &csi.ControllerUnpublishVolumeRequest{VolumeId: volume, NodeId: node}
	ask(controller.ControllerUnpublishVolume, unpublish)
	ask(controller.ControllerUnpublishVolume, unpublish)

	deletion := &csi.DeleteVolumeRequest{VolumeId: volume}
	ask(controller.DeleteVolume, deletion)
	ask(controller.DeleteVolume, deletion)
}
