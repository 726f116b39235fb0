import { ALERTS, METADATA, type PlannedWorld, POSITIONS, REPOSITORY, SAFE } from './planned-world.fixture.ts';

/* What may have happened before a plan is made. */

export const NAMES = [
  ...[POSITIONS, ALERTS, METADATA, 'optimize-process-instance-invoice_v8', 'optimize-new_v1'],
  `x-${ALERTS}`,
] as const;

const CLUSTER = 'in-memory-cluster';
const command = { actor: { kind: 'system', name: 'test' }, reason: 'drill', requestId: undefined } as const;
const part = (number: number) => `camunda_optimize_b_3.9.0_part_${number}_of_2`;

type Happens = (world: PlannedWorld, name: string) => unknown;

/** To an index; one that is not there stays so, but for the first. */
export const toIndices = {
  created: ({ engine }, name) => engine.createIndex(name, 4),
  'created with the aliases of others': ({ engine }, name) =>
    engine.createIndex(name, 4, { aliases: ['optimize-alert', 'optimize-import-index'] }),
  deleted: ({ engine }, name) => engine.deleteIndex(name),
  closed: ({ engine }, name) => engine.setIndexOpen(name, false),
  written: ({ engine }, name) => engine.write(name, 3),
  'blocked by read_only': ({ engine }, name) => engine.setBlocked(name, 'read_only', true),
  'blocked by read_only_allow_delete': ({ engine }, name) => engine.setBlocked(name, 'read_only_allow_delete', true),
  'blocked by metadata': ({ engine }, name) => engine.setBlocked(name, 'metadata', true),
  'blocked by read': ({ engine }, name) => engine.setBlocked(name, 'read', true),
  'blocked by write': ({ engine }, name) => engine.setBlocked(name, 'write', true),
  red: async ({ engine, makeRed }, name) => (engine.documentsIn(name) === undefined ? undefined : makeRed(name)),
  'not to be deleted': ({ engine }, name) => engine.withhold({ deleteIndex: [name] }),
  'not to be managed': ({ engine }, name) => engine.withhold({ manage: [name] }),
  'being saved': ({ engine }, name) =>
    engine.putSnapshot(SAFE, { name: 'running', indices: [name], state: 'IN_PROGRESS' }),
} as const satisfies Record<string, Happens>;

const noteChanged = ({ history }: PlannedWorld, repository: string) => {
  const location = { clusterUuid: CLUSTER, repository, repositoryUuid: undefined };
  const event = { kind: 'repository.changed', actor: command.actor, source: 'worker' } as const;
  return history.noteChangedRepository({ location, missing: 2, settings: 'unknown' }, event);
};

export const toRepositories = {
  'registered as read-only': ({ engine }, name) => engine.setReadOnly(name, true),
  full: ({ engine }, name) => engine.stopWrites(name, 'no space left on device'),
  'limited to 3 snapshots': ({ engine }, name) => engine.limitSnapshots(name, 3),
  'limited to 4 snapshots': ({ engine }, name) => engine.limitSnapshots(name, 4),
  'not mounted on a node': ({ engine }, name) => engine.hideRepository(name, 'in-memory'),
  broken: ({ engine }, name) => engine.breakRepository(name, 'its folder is gone'),
  removed: ({ engine }, name) => engine.removeRepository(name),
  'registered to another place': ({ engine }, name) => engine.moveRepository(name, 'elsewhere'),
  'recorded as another one': noteChanged,
  'accepted as another one': async (world, name) => {
    await noteChanged(world, name);
    await world.history.acceptRepository({ clusterUuid: CLUSTER, repository: name }, command);
  },
} as const satisfies Record<string, Happens>;

const metadata =
  (schemaVersion: string) =>
  ({ engine }: PlannedWorld) =>
    engine.putMetadata('optimize', { schemaVersion, installationId: undefined });

const settings =
  (name: string, value: string) =>
  ({ engine }: PlannedWorld) =>
    engine.setClusterSettings({ [name]: value });

const deleteBackup = async ({ history, backup, newId }: PlannedWorld) => {
  const deletion = { operationId: newId(), keepBackup: true, onlyUnfinished: false, deleteDiscovered: false };
  return history.requestDeletion((await backup()).key, command, deletion);
};

const suspendAll = ({ history }: PlannedWorld) => {
  const why = { code: 'HISTORY_ROLLED_BACK', message: 'The history was rolled back.', data: {} };
  return history.suspendOperations({ scope: 'all' }, { why, actor: command.actor, source: 'worker' }, 10);
};

export const toAll = {
  'its version is 3.9.0': metadata('3.9.0'),
  'its version is 3.10.0': metadata('3.10.0'),
  'its version is none': metadata('not a version'),
  'part 1 is gone': ({ engine }) => engine.removeSnapshot(REPOSITORY, part(1)),
  'part 2 is another one': ({ engine }) => engine.putSnapshot(REPOSITORY, { name: part(2), indices: [ALERTS] }),
  'nothing is allocated': settings('cluster.routing.allocation.enable', 'none'),
  'the cluster is read-only': settings('cluster.blocks.read_only_allow_delete', 'true'),
  'shards are few': settings('cluster.max_shards_per_node', '3'),
  'conditions cannot be read': ({ engine }) => engine.disallow('clusterConditions', 'storedCopies'),
  'capacity cannot be read': ({ engine }) => engine.disallow('capacity', 'aliasOwners'),
  'Optimize runs': ({ answersAt }) => answersAt('http://127.0.0.1:8090'),
  'snapshots may not be taken': ({ engine }) => engine.withhold({ snapshot: ['create'] }),
  'nothing may be restored': ({ engine }) => engine.withhold({ snapshot: ['restore'] }),
  'another installation is there': ({ engine }) =>
    ['optimize-staging-metadata_v7', 'optimize-staging-alert_v4'].map((name) => engine.createIndex(name, 1)),
  'another backup is made': ({ backUp, newId }) => backUp('c', newId()),
  'it is being deleted': deleteBackup,
  'its deletion is suspended': async (world) => {
    await deleteBackup(world);
    await suspendAll(world);
  },
  'another backup is suspended': async (world) => {
    await world.backUp('c', world.newId());
    await suspendAll(world);
  },
} as const satisfies Record<string, (world: PlannedWorld) => unknown>;
