import type { FailureDefinition } from '../failure-definition.ts';

const [expected, found] = ['Jc3kQm0sTlqpYH0yV1dZ2A', '8wVbXoTzRkSxZz1m6WqLhQ'];
const addresses = `https://engine-1:9200 leads to cluster ${found}, not to ${expected}; https://engine-2:9200 connect ECONNREFUSED`;

/** The snapshot repository and its cluster, as Tandem finds or remembers them; what the engine reports of them is in engine-failures.ts. */
export const repositoryFailures = {
  REPOSITORY_NOT_CONFIGURED: {
    failureClass: null,
    http: { status: 409, fault: 'server', optimizeStatus: 400 },
    title: 'No snapshot repository is configured.',
    example: {
      message:
        'Set CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME (YAML backup.repositoryName) to the name of a snapshot repository that the engine knows.',
    },
    remedy: 'Set CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME for the API and the worker.',
  },
  REPOSITORY_READ_ONLY: {
    failureClass: null,
    http: { status: 409, fault: 'server' },
    title: 'The snapshot repository is read-only.',
    example: {
      message:
        'Repository "backups" is read-only: its setting readonly is true. Make it writable, or choose another repository.',
      data: { repository: 'backups' },
    },
    remedy: 'Make the repository writable, or choose another one.',
  },
  // an operator registered another location and may revert that
  REPOSITORY_CHANGED: {
    failureClass: 'operator',
    http: { status: 409, fault: 'server' },
    title: 'The snapshot repository is not the recorded one.',
    example: {
      message:
        'The repository does not match the recorded one: "optimize-backups" holds no snapshot of the 3 COMPLETED backups that are recorded there. Its settings lead to another location than the recorded ones. Register its old location again and reconcile (POST /api/v1/history/reconcile), or accept the current one (POST /api/v1/repositories/optimize-backups/accept).',
      data: { repository: 'optimize-backups', missing: 3, settings: 'changed' },
    },
    remedy: 'Register the repository at its previous location, or accept the new one.',
  },
  REPOSITORY_NOT_CHANGED: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'There is no repository of that name to accept.',
    example: {
      message:
        'Repository "optimize-backups" matches the recorded one, as far as it was compared: there is nothing to accept.',
      data: { repository: 'optimize-backups' },
    },
    remedy: 'Nothing: backups are taken into it.',
  },
  REPOSITORY_NOT_FOUND: {
    failureClass: null,
    http: { status: 404, fault: 'client' },
    title: 'The engine has no repository of that name.',
    example: {
      message: 'The engine has no repository "backups": GET /api/v1/repositories lists those that it has.',
      data: { repository: 'backups' },
    },
    remedy: 'Check the name: GET /api/v1/repositories lists the repositories.',
  },
  REPOSITORY_SECRET: {
    failureClass: null,
    http: { status: 400, fault: 'client' },
    title: 'The settings of the repository hold a secret.',
    example: {
      message:
        'settings must not hold secrets, which every user who may read repositories could see; found secret_key. Put it into the keystore of every node as s3.client.default.secret_key (bin/elasticsearch-keystore add, bin/opensearch-keystore add), then POST _nodes/reload_secure_settings.',
      data: { field: 'settings', found: ['secret_key'], keystore: ['s3.client.default.secret_key'] },
    },
    remedy: "Put the secret into the engine's keystore, and leave it out of the settings.",
  },
  REPOSITORY_NOT_CONFIRMED: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The repository would lead to another location than its backups.',
    example: {
      message:
        'Repository "backups" would lead to another location: the 61 backups that are recorded in it, the newest nightly-2026-11-22, would no longer be found, and new backups be refused until the location is accepted. Their snapshots stay where they are. Send "confirm": "backups" to register it anyway, or choose another name.',
      data: { field: 'confirm', repository: 'backups', backups: 61, newestBackupId: 'nightly-2026-11-22' },
    },
    remedy: 'Register the new location under another name, or send the name of the repository as confirm.',
  },
  REPOSITORY_IN_USE: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'Operations use the repository.',
    example: {
      message:
        'Repository "backups" cannot be led to another location while operations use it: 019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44 (create). Wait until they end, or cancel them.',
      data: { repository: 'backups', operations: ['019a9f10-6a1b-7c53-9c7e-3f2c1f0a7d44'], count: 1 },
    },
    remedy: 'Wait until the operations have ended, or cancel them.',
  },
  REPOSITORY_BUSY: {
    failureClass: null,
    http: { status: 409, fault: 'client' },
    title: 'The repository is being registered.',
    example: {
      message:
        'Another request registers repository "backups" now. Try again when it has ended, a minute from now at most.',
      data: { repository: 'backups' },
    },
    remedy: 'Send the request again.',
  },
  REPOSITORY_FULL: {
    failureClass: 'operator',
    http: null,
    title: 'The snapshot repository keeps no more snapshots.',
    example: {
      message:
        'Repository backups keeps 1 more snapshots (its setting max_number_of_snapshots), and this backup needs 2. Delete backups that are no longer needed, or raise the setting; the backup then continues automatically.',
      data: { repository: 'backups', snapshotsLeft: 1, needed: 2 },
    },
    remedy: 'Delete backups, or raise max_number_of_snapshots of the repository.',
  },
  REPOSITORY_NOT_SHARED: {
    failureClass: 'terminal',
    http: null,
    title: 'A node could not use the repository while the backup was taken.',
    example: {
      message:
        'Node data-2 cannot use repository backups, found after 1 of 2 parts: its data may be on its local disk, and a later successful verification does not disprove that. Mount the storage there, then retry: all parts are deleted and taken again. The engine at http://10.0.0.5:9200 cannot use its snapshot repository; check the storage behind it (verifyRepository · node data-2 · 500 · repository_verification_exception).',
      data: {
        ...{ call: 'verifyRepository', status: 500, type: 'repository_verification_exception' },
        ...{ nodes: ['data-2'], partsEnded: 1 },
      },
    },
    remedy: 'Mount the storage of the repository on every node, then retry the operation.',
  },
  CLUSTER_CHANGED: {
    failureClass: 'operator',
    http: { status: 502, fault: 'server' },
    title: 'The address of the engine leads to another cluster.',
    example: {
      message: `The engine's addresses lead to another cluster than the recorded ${expected}: ${addresses}. List addresses of that cluster that answer.`,
      data: { call: 'findSnapshots', reason: addresses, found, expected },
    },
    remedy: 'Point the worker to the cluster that the message names.',
  },
} as const satisfies Readonly<Record<string, FailureDefinition>>;
