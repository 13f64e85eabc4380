// The life of a disk and of an instance, with @alicloud/pop-core.

const assert = require('node:assert/strict');
const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const { RPCClient } = require('@alicloud/pop-core');

const [RegionId, ZoneId, InstanceId] = ['cn-hangzhou', 'cn-hangzhou-b', 'i-23jggx34b'];

const connect = (accessKeySecret) =>
  new RPCClient({
    accessKeyId: 'testid',
    accessKeySecret,
    endpoint: `http://${process.env.MOORAGE}`,
    apiVersion: '2014-05-26',
  });
const client = connect('testsecret');
const get = (action, parameters) => client.request(action, { RegionId, ...parameters });
const post = (action, parameters) => client.request(action, { RegionId, ...parameters }, { method: 'POST' });

const refused = (call, status, code) =>
  assert.rejects(call, (refusal) => {
    assert.deepEqual([refusal.entry?.response.statusCode, refusal.code], [status, code], refusal.message);
    return true;
  });

async function until(expected, look) {
  let seen;
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    if ((seen = await look()) === expected) return;
  }
  assert.equal(seen, expected);
}

const disks = async (disk) => (await get('DescribeDisks', { DiskIds: JSON.stringify([disk]) })).Disks.Disk;
const is = (disk, status) => until(status, async () => (await disks(disk))[0].Status);

async function create() {
  const wanted = {
    ZoneId,
    DiskCategory: 'cloud_efficiency',
    Size: 20,
    DiskName: 'suite',
    ClientToken: randomUUID(),
    Tag: [{ Key: 'suite', Value: 'node' }],
  };
  const { DiskId } = await post('CreateDisk', wanted);
  assert.equal((await get('CreateDisk', wanted)).DiskId, DiskId);
  await refused(post('CreateDisk', { ...wanted, Size: 30 }), 400, 'IdempotentParameterMismatch');
  await is(DiskId, 'Available');
  const [seen] = await disks(DiskId);
  assert.deepEqual([seen.Size, seen.DiskName, seen.Portable, seen.Encrypted], [20, 'suite', true, false]);
  assert.deepEqual(seen.Tags.Tag.map((tag) => [tag.TagKey, tag.TagValue]), [['suite', 'node']]);
  return DiskId;
}

async function attach(DiskId) {
  await get('AttachDisk', { InstanceId, DiskId });
  await is(DiskId, 'In_use');
  assert.equal((await disks(DiskId))[0].Attachments.Attachment[0].InstanceId, InstanceId);
}

async function change(DiskId) {
  const named = { DiskName: 'renamed', Description: 'a+b c/ü&<é>', DeleteWithInstance: true };
  await post('ModifyDiskAttribute', { DiskId, ...named });
  await get('ResizeDisk', { DiskId, NewSize: 40, Type: 'online' });
  await until(40, async () => (await disks(DiskId))[0].Size);
  const [seen] = await disks(DiskId);
  for (const [name, value] of Object.entries(named)) assert.equal(seen[name], value);
}

async function snapshot(DiskId) {
  const { SnapshotId } = await post('CreateSnapshot', { DiskId, SnapshotName: 'suite' });
  const SnapshotIds = JSON.stringify([SnapshotId]);
  const described = async () => (await get('DescribeSnapshots', { SnapshotIds })).Snapshots.Snapshot;
  await until('accomplished', async () => (await described())[0].Status);
  assert.equal((await described())[0].SourceDiskId, DiskId);
  await get('DeleteSnapshot', { SnapshotId });
  await until(0, async () => (await described()).length);
}

async function tag(DiskId) {
  const which = { ResourceType: 'disk', ResourceId: [DiskId] };
  const tags = async () => {
    const listed = (await get('ListTagResources', which)).TagResources.TagResource;
    return Object.fromEntries(listed.map((each) => [each.TagKey, each.TagValue]));
  };
  await post('TagResources', { ...which, Tag: [{ Key: 'for', Value: 'a while' }] });
  assert.deepEqual(await tags(), { suite: 'node', for: 'a while' });
  await get('UntagResources', { ...which, TagKey: ['for'] });
  assert.deepEqual(await tags(), { suite: 'node' });
}

async function detach(DiskId) {
  await get('DetachDisk', { InstanceId, DiskId });
  assert.equal((await disks(DiskId))[0].Status, 'Detaching');
  await is(DiskId, 'Available');
  assert.equal((await disks(DiskId))[0].InstanceId, '');
  await refused(post('DetachDisk', { InstanceId, DiskId }), 403, 'DependencyViolation');
}

async function remove(DiskId) {
  await post('DeleteDisk', { DiskId });
  await until(0, async () => (await disks(DiskId)).length);
}

async function mistakes() {
  await refused(connect('wrong').request('DescribeDisks', { RegionId }), 400, 'SignatureDoesNotMatch');
  await refused(get('DetachDisk', { InstanceId }), 400, 'MissingParameter');
  await refused(post('DetachDisk', { InstanceId, DiskId: 'd-never' }), 404, 'InvalidDiskId.NotFound');
}

async function instance() {
  const made = await post('RunInstances', {
    ZoneId,
    ImageId: 'aliyun_3_x64_20G_alibase.vhd',
    InstanceType: 'ecs.g6.large',
    InstanceName: 'suite',
    Amount: 1,
  });
  const [InstanceId] = made.InstanceIdSets.InstanceIdSet;
  const InstanceIds = JSON.stringify([InstanceId]);
  const described = async () => (await get('DescribeInstances', { InstanceIds })).Instances.Instance;
  const is = (status) => until(status, async () => (await described())[0].Status);
  await is('Running');
  await get('StopInstance', { InstanceId });
  await is('Stopped');
  await get('StartInstance', { InstanceId });
  await is('Running');
  await post('DeleteInstance', { InstanceId, Force: true });
  await until(0, async () => (await described()).length);
}

(async () => {
  const disk = await create();
  await attach(disk);
  await change(disk);
  await snapshot(disk);
  await tag(disk);
  await detach(disk);
  await remove(disk);
  await mistakes();
  await instance();
})();
