import { backupId, firstSnapshot } from '../../example-story.ts';
import type { FailureDefinition } from '../failure-definition.ts';

/** A definition of what the engine reports. */
export type EngineFailureDefinition = FailureDefinition & {
  /** The engine says no: a few times in a row with the same reason, it counts as its answer. False: it is away, busy, not understood or not supported. */
  readonly isRefusal: boolean;
};

const engine = 'The engine at http://10.0.0.5:9200';
const index = 'optimize-process-instance-invoice_v8';

/** All that a method of an engine adapter may reject with. */
export const engineFailures = {
  ENGINE_UNREACHABLE: {
    failureClass: 'transient',
    isRefusal: false,
    http: { status: 502, fault: 'server', isConnection: true },
    title: 'The engine cannot be reached.',
    example: {
      message: `${engine} cannot be reached; check that it runs and that the URL is right (listIndices · connect ECONNREFUSED 10.0.0.5:9200).`,
      data: { call: 'listIndices', reason: 'connect ECONNREFUSED 10.0.0.5:9200' },
    },
    remedy: 'Check that the engine is running and that the worker can reach it.',
  },
  ENGINE_TIMEOUT: {
    failureClass: 'transient',
    isRefusal: false,
    http: { status: 504, fault: 'server', isConnection: true },
    title: 'The engine did not answer in time.',
    example: {
      message: `${engine} did not answer in time; nothing was changed (listIndices · no answer within 10000 ms).`,
      data: { call: 'listIndices', reason: 'no answer within 10000 ms' },
    },
    remedy: 'Check the load of the engine and the network between it and the worker.',
  },
  // 429, 502 to 504; without a master an engine returns 503
  ENGINE_BUSY: {
    failureClass: 'transient',
    isRefusal: false,
    http: { status: 503, fault: 'server', isConnection: true },
    title: 'The engine is busy.',
    example: {
      message: `${engine} is too busy to answer; try again later (findSnapshots · 429 · circuit_breaking_exception · [parent] Data too large).`,
      data: {
        call: 'findSnapshots',
        status: 429,
        type: 'circuit_breaking_exception',
        reason: '[parent] Data too large',
      },
    },
    remedy: 'No action needed, unless it persists: then check the load of the engine.',
  },
  // before any other request; the engine may be upgraded, or the address corrected
  ENGINE_UNSUPPORTED: {
    failureClass: 'operator',
    isRefusal: false,
    http: { status: 502, fault: 'server' },
    title: 'The engine is not one that Tandem works with.',
    example: {
      message: `${engine} is not supported, so nothing is written to it; Tandem works with Elasticsearch 7.17, 8 and 9, and OpenSearch 2 and 3 (info · found OpenSearch 1.3.20).`,
      data: { call: 'info', reason: 'found OpenSearch 1.3.20' },
    },
    remedy: 'Upgrade the engine, or correct ELASTICSEARCH_URL or OPENSEARCH_URL.',
  },
  ENGINE_FORBIDDEN: {
    failureClass: 'operator',
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'The engine refuses the credentials.',
    example: {
      message: `${engine} does not allow this call; grant the privilege that the reason names to the user or API key of Tandem (findSnapshots · 403 · security_exception · action [cluster:admin/snapshot/get] is unauthorized for user [tandem]).`,
      data: {
        call: 'findSnapshots',
        status: 403,
        type: 'security_exception',
        reason: 'action [cluster:admin/snapshot/get] is unauthorized for user [tandem]',
      },
    },
    remedy: 'Correct the credentials, or grant the user the privilege that the message names.',
  },
  ENGINE_BLOCKED: {
    failureClass: 'operator',
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'A block of the cluster or of an index forbids the call.',
    example: {
      message: `${engine} refuses the call because of a block; lift the block of the index or cluster that the reason names (readOptimizeMetadata · 403 · cluster_block_exception · index [optimize-metadata_v7] blocked by: [FORBIDDEN/7/index read (api)];).`,
      data: {
        call: 'readOptimizeMetadata',
        status: 403,
        type: 'cluster_block_exception',
        reason: 'index [optimize-metadata_v7] blocked by: [FORBIDDEN/7/index read (api)];',
      },
    },
    remedy: 'Remove the block from the cluster or index, and free disk space if the engine set it.',
  },
  ENGINE_REFUSED: {
    failureClass: { startSnapshot: 'terminal', other: 'operator' },
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'The engine refused the call.',
    example: {
      message: `${engine} refused the call (findSnapshots · 400 · illegal_argument_exception · request contains unrecognized parameter: [index_names]).`,
      data: {
        call: 'findSnapshots',
        status: 400,
        type: 'illegal_argument_exception',
        reason: 'request contains unrecognized parameter: [index_names]',
      },
    },
    remedy: 'Fix what the engine reports.',
  },
  // of a create it may be the engine's no for good, so that it has fewer tries (limited-tries.ts)
  ENGINE_FAILED: {
    failureClass: 'transient',
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'The engine failed to carry out the call.',
    example: {
      message: `${engine} failed at the call (listIndices · 500 · illegal_state_exception · cluster state is not known).`,
      data: {
        call: 'listIndices',
        status: 500,
        type: 'illegal_state_exception',
        reason: 'cluster state is not known',
      },
    },
    remedy: 'Check the log of the engine.',
  },
  // a page of a proxy in front of the engine, for instance
  ENGINE_ANSWER_INVALID: {
    failureClass: 'transient',
    isRefusal: false,
    http: { status: 502, fault: 'server' },
    title: 'The response of the engine is not valid.',
    example: {
      message: `${engine} answered what its API does not document; check that the URL leads to Elasticsearch or OpenSearch itself (listIndices · nodes is empty).`,
      data: { call: 'listIndices', reason: 'nodes is empty' },
    },
    remedy: 'Check that the address is that of the engine, and what a proxy in between returns.',
  },
  REPOSITORY_UNKNOWN: {
    failureClass: 'operator',
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'The engine does not know the snapshot repository.',
    example: {
      message: `${engine} has no snapshot repository of that name; register it or correct the name (readRepository · 404 · repository_missing_exception · [backups] missing).`,
      data: { call: 'readRepository', status: 404, type: 'repository_missing_exception', reason: '[backups] missing' },
    },
    remedy: 'Register the repository in the engine.',
  },
  REPOSITORY_UNAVAILABLE: {
    failureClass: 'operator',
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'The engine cannot use the snapshot repository.',
    example: {
      message: `${engine} cannot use its snapshot repository; check the storage behind it (findSnapshots · 500 · repository_exception · [backups] could not read repository data from index blob).`,
      data: {
        call: 'findSnapshots',
        status: 500,
        type: 'repository_exception',
        reason: '[backups] could not read repository data from index blob',
      },
    },
    remedy: 'Make the storage of the repository readable and writable for every node.',
  },
  // the name is in use: the next lookup shows whether by our own snapshot, whose reply was lost, or by a foreign one
  SNAPSHOT_EXISTS: {
    failureClass: 'transient',
    isRefusal: true,
    http: { status: 409, fault: 'client' },
    title: 'Snapshots of that backup id exist already.',
    example: {
      message: `Repository backups already contains snapshots of backup ${backupId}: ${firstSnapshot}. Choose another id, or delete them.`,
      data: { backupId, snapshots: [firstSnapshot] },
    },
    remedy: 'No action needed, unless it persists: then remove or rename the other snapshot.',
  },
  SNAPSHOT_NOT_FOUND: {
    failureClass: 'transient',
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'The engine does not have the snapshot.',
    example: {
      message: `${engine} has no snapshot of that name (snapshotProgress · 404 · snapshot_missing_exception · [backups:${firstSnapshot}] is missing).`,
      data: {
        call: 'snapshotProgress',
        status: 404,
        type: 'snapshot_missing_exception',
        reason: `[backups:${firstSnapshot}] is missing`,
      },
    },
    remedy: 'No action needed, unless it persists: then check what deletes snapshots of the repository.',
  },
  // an index was deleted between lookup and call: the next tick resolves the list again
  INDEX_NOT_FOUND: {
    failureClass: 'transient',
    isRefusal: true,
    http: { status: 502, fault: 'server' },
    title: 'The engine does not have the index.',
    example: {
      message: `${engine} does not have one of the indices any more; nothing was made (startSnapshot · 404 · index_not_found_exception · no such index [${index}]).`,
      data: {
        call: 'startSnapshot',
        status: 404,
        type: 'index_not_found_exception',
        reason: `no such index [${index}]`,
      },
    },
    remedy: 'Nothing: the list of indices is read again.',
  },
  // a restore may have taken effect although its reply was lost: the next lookup shows whose the index is
  INDEX_EXISTS: {
    failureClass: 'transient',
    isRefusal: true,
    http: null,
    title: 'An open index of that name already exists.',
    example: {
      message: `${engine} has an open index of a name that would be restored; nothing was restored (startRestore · 500 · snapshot_restore_exception · cannot restore index [${index}] because an open index with same name already exists in the cluster).`,
      data: {
        call: 'startRestore',
        status: 500,
        type: 'snapshot_restore_exception',
        reason: `cannot restore index [${index}] because an open index with same name already exists in the cluster`,
      },
    },
    remedy: 'No action needed, unless it persists: then check what creates the index.',
  },
  RESTORE_REFUSED: {
    failureClass: 'terminal',
    isRefusal: true,
    http: null,
    title: 'The engine cannot restore the snapshot.',
    example: {
      message: `${engine} cannot restore this snapshot; nothing was restored (startRestore · 500 · snapshot_restore_exception · the snapshot was created with version [9.1.0] which is higher than the version of this node [8.19.9]).`,
      data: {
        call: 'startRestore',
        status: 500,
        type: 'snapshot_restore_exception',
        reason: 'the snapshot was created with version [9.1.0] which is higher than the version of this node [8.19.9]',
      },
    },
    remedy: 'Fix what the engine reports.',
  },
  REPOSITORY_REFUSED: {
    failureClass: 'operator',
    isRefusal: true,
    http: { status: 409, fault: 'client' },
    title: 'The engine does not register the repository like this.',
    example: {
      message: `${engine} does not register the repository like this; nothing was changed (putRepository · 500 · repository_exception · [backups] repository type [s3] does not exist).`,
      data: {
        call: 'putRepository',
        status: 500,
        type: 'repository_exception',
        reason: '[backups] repository type [s3] does not exist',
      },
    },
    remedy:
      "Correct the type or the settings; install the engine's module for that type; or wait until no snapshot and no restore uses the repository.",
  },
} as const satisfies Readonly<Record<string, EngineFailureDefinition>>;
