// The life of a disk and of an instance, with @alicloud/ecs20140526.

const assert = require('node:assert/strict');
const { randomUUID } = require('node:crypto');
const { setTimeout: sleep } = require('node:timers/promises');
const { default: Client, ...ecs } = require('@alicloud/ecs20140526');
const { $OpenApiUtil } = require('@alicloud/openapi-core');

const [regionId, zoneId, instanceId] = ['cn-hangzhou', 'cn-hangzhou-b', 'i-23jggx34b'];

const connect = (accessKeySecret, signatureAlgorithm) =>
  new Client(
    new $OpenApiUtil.Config({
      accessKeyId: 'testid',
      accessKeySecret,
      regionId,
      endpoint: process.env.MOORAGE,
      protocol: 'http',
      signatureAlgorithm,
    }),
  );
const client = connect('testsecret');

async function ask(action, parameters, by = client) {
  const request = new ecs[`${action[0].toUpperCase()}${action.slice(1)}Request`](parameters);
  return (await by[action](request)).body;
}

const refused = (call, statusCode, code) =>
  assert.rejects(call, (refusal) => {
    assert.deepEqual([refusal.statusCode, refusal.code], [statusCode, code], refusal.message);
    return true;
  });

async function until(expected, look) {
  let seen;
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(100)) {
    if ((seen = await look()) === expected) return;
  }
  assert.equal(seen, expected);
}

const disks = async (disk, by = client) =>
  (await ask('describeDisks', { regionId, diskIds: JSON.stringify([disk]) }, by)).disks.disk;
const is = (disk, status) => until(status, async () => (await disks(disk))[0].status);

async function create() {
  const wanted = {
    regionId,
    zoneId,
    diskCategory: 'cloud_efficiency',
    size: 20,
    diskName: 'suite',
    clientToken: randomUUID(),
    tag: [new ecs.CreateDiskRequestTag({ key: 'suite', value: 'node v2' })],
  };
  const { diskId } = await ask('createDisk', wanted);
  assert.equal((await ask('createDisk', wanted)).diskId, diskId);
  await refused(ask('createDisk', { ...wanted, size: 30 }), 400, 'IdempotentParameterMismatch');
  await is(diskId, 'Available');
  const [seen] = await disks(diskId);
  assert.deepEqual([seen.size, seen.diskName, seen.portable, seen.encrypted], [20, 'suite', true, false]);
  assert.deepEqual(seen.tags.tag.map((tag) => [tag.tagKey, tag.tagValue]), [['suite', 'node v2']]);
  return diskId;
}

async function attach(diskId) {
  await ask('attachDisk', { instanceId, diskId });
  await is(diskId, 'In_use');
  assert.equal((await disks(diskId))[0].attachments.attachment[0].instanceId, instanceId);
}

async function change(diskId) {
  const named = { diskName: 'renamed', description: 'a+b c/ü&<é>', deleteWithInstance: true };
  await ask('modifyDiskAttribute', { diskId, ...named });
  await ask('resizeDisk', { diskId, newSize: 40, type: 'online' });
  await until(40, async () => (await disks(diskId))[0].size);
  const [seen] = await disks(diskId);
  for (const [name, value] of Object.entries(named)) assert.equal(seen[name], value);
}

async function snapshot(diskId) {
  const { snapshotId } = await ask('createSnapshot', { diskId, snapshotName: 'suite' });
  const which = { regionId, snapshotIds: JSON.stringify([snapshotId]) };
  const described = async () => (await ask('describeSnapshots', which)).snapshots.snapshot;
  await until('accomplished', async () => (await described())[0].status);
  assert.equal((await described())[0].sourceDiskId, diskId);
  await ask('deleteSnapshot', { snapshotId });
  await until(0, async () => (await described()).length);
}

async function tag(diskId) {
  const which = { regionId, resourceType: 'disk', resourceId: [diskId] };
  const tags = async () => {
    const listed = (await ask('listTagResources', which)).tagResources.tagResource;
    return Object.fromEntries(listed.map((each) => [each.tagKey, each.tagValue]));
  };
  await ask('tagResources', { ...which, tag: [new ecs.TagResourcesRequestTag({ key: 'for', value: 'a while' })] });
  assert.deepEqual(await tags(), { suite: 'node v2', for: 'a while' });
  await ask('untagResources', { ...which, tagKey: ['for'] });
  assert.deepEqual(await tags(), { suite: 'node v2' });
}

async function signTheOldWay(diskId) {
  assert.equal((await disks(diskId, connect('testsecret', 'v2')))[0].diskId, diskId);
  await refused(disks(diskId, connect('wrong', 'v2')), 400, 'SignatureDoesNotMatch');
}

async function detach(diskId) {
  await ask('detachDisk', { instanceId, diskId });
  assert.equal((await disks(diskId))[0].status, 'Detaching');
  await is(diskId, 'Available');
  assert.equal((await disks(diskId))[0].instanceId, '');
  await refused(ask('detachDisk', { instanceId, diskId }), 403, 'DependencyViolation');
}

async function remove(diskId) {
  await ask('deleteDisk', { diskId });
  await until(0, async () => (await disks(diskId)).length);
}

async function mistakes() {
  await refused(disks('d-never', connect('wrong')), 400, 'SignatureDoesNotMatch');
  await refused(ask('detachDisk', { instanceId }), 400, 'MissingParameter');
  await refused(ask('detachDisk', { instanceId, diskId: 'd-never' }), 404, 'InvalidDiskId.NotFound');
}

async function instance() {
  const made = await ask('runInstances', {
    regionId,
    zoneId,
    imageId: 'aliyun_3_x64_20G_alibase.vhd',
    instanceType: 'ecs.g6.large',
    instanceName: 'suite',
    amount: 1,
  });
  const [instanceId] = made.instanceIdSets.instanceIdSet;
  const which = { regionId, instanceIds: JSON.stringify([instanceId]) };
  const described = async () => (await ask('describeInstances', which)).instances.instance;
  const is = (status) => until(status, async () => (await described())[0].status);
  await is('Running');
  await ask('stopInstance', { instanceId });
  await is('Stopped');
  await ask('startInstance', { instanceId });
  await is('Running');
  await ask('deleteInstance', { instanceId, force: true });
  await until(0, async () => (await described()).length);
}

(async () => {
  const disk = await create();
  await attach(disk);
  await change(disk);
  await snapshot(disk);
  await tag(disk);
  await signTheOldWay(disk);
  await detach(disk);
  await remove(disk);
  await mistakes();
  await instance();
})();
