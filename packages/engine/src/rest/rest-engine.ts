import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import type { ConnectedEngine, EngineSettings } from '../connected-engine.ts';
import type { NewSnapshot } from '../port.ts';
import { engineExamination } from './examination/examination.ts';
import { asFailedVerification, type EngineCall, engineFailure } from './failures/failure.ts';
import { explainedWrite, refusedRegistration } from './failures/refused-write.ts';
import type { Variants } from './identity/ask-engine.ts';
import { engineIndices } from './indices/indices.ts';
import { indicesIn, optimizeMetadataIn, repositoriesIn, repositoryIn, verifiedNodesIn } from './replies/cluster.ts';
import { progressIn } from './replies/progress.ts';
import { requireTrue } from './reply-fields.ts';
import {
  isPlainName,
  requireNewSnapshot,
  requirePlainName,
  requireSnapshotNames,
  snapshotMetadata,
} from './request-rules.ts';
import { countSnapshots, findSnapshots, listSnapshots } from './snapshots/find-snapshots.ts';
import { engineTransport, type Send } from './transport/engine-transport.ts';
import type { EngineVariant } from './variant.ts';

/** The snapshot that `readRepository` looks up to learn whether the repository is readable; it never exists. */
const PROBE_NAME = 'tandem-probe';

const startBody = (snapshot: NewSnapshot, { bodyExtras }: EngineVariant): object => ({
  indices: snapshot.indices,
  include_global_state: false,
  partial: false,
  ignore_unavailable: false,
  metadata: snapshotMetadata(snapshot),
  ...bodyExtras,
});

/** 7.17 and OpenSearch use one error type for a name in use and for a forbidden name; a lookup of the name decides which. */
const isNameRefused = (error: unknown): error is Failure =>
  isFailure(error, 'ENGINE_REFUSED') && error.data.type === 'invalid_snapshot_name_exception';

/**
 * An engine over HTTP; `kinds`: what it is, or all that it may be; then it is asked. Writes are sent once; reads are retried once after a broken connection, or at the next of several
 * addresses. `requestTimeoutMs` covers a complete method, however many requests it needs. Deleting a large snapshot may take longer: the
 * method rejects with ENGINE_TIMEOUT, and the engine continues. Throws a TypeError for a URL that does not parse; connects with the first
 * call.
 */
export const connectRest = (settings: EngineSettings, kinds: EngineVariant | Variants): ConnectedEngine => {
  const transport = engineTransport(settings, kinds);
  const masterTimeout = `${Math.min(settings.masterTimeoutMs, settings.requestTimeoutMs)}ms`;
  const master = { master_timeout: masterTimeout };

  const inRepository = <T>(call: EngineCall, repository: string, work: (send: Send) => Promise<T>): Promise<T> =>
    transport.run(call, async (send) => {
      if (isPlainName(repository)) return work(send);
      throw engineFailure('REPOSITORY_UNKNOWN', transport.contextOf(call), {
        reason: 'no repository can have such a name',
      });
    });

  const lookup = (send: Send, repository: string, names: readonly string[]) =>
    findSnapshots({ transport, send, masterTimeout, repository }, names);

  const explainRefusedName = async (
    send: Send,
    error: unknown,
    { repository, name }: NewSnapshot,
  ): Promise<unknown> => {
    if (!isNameRefused(error)) return error;
    const [existing] = await lookup(send, repository, [name]);
    return existing === undefined
      ? error
      : engineFailure('SNAPSHOT_EXISTS', transport.contextOf('startSnapshot'), error.data);
  };

  const registered = async (send: Send, name: string) =>
    repositoryIn(await send({ method: 'GET', path: ['_snapshot', name], query: master }), name);

  /** `reply` of a request that changes the repository. */
  const written = (call: EngineCall, send: Send, repository: string, reply: Promise<unknown>): Promise<unknown> =>
    reply.catch(async (error: unknown) => {
      const isReadOnly = async () => (await registered(send, repository)).readOnly !== undefined;
      throw await explainedWrite(error, transport.contextOf(call), isReadOnly);
    });

  return {
    ...engineIndices(transport, masterTimeout),
    ...engineExamination(transport, masterTimeout),

    info: () =>
      transport.run('info', async (send) => {
        const [nodes, state] = await Promise.all([
          send({
            method: 'GET',
            path: ['_nodes', '_all', 'process'],
            query: { filter_path: send.variant.nodeFields, timeout: masterTimeout },
          }),
          send({
            method: 'GET',
            path: ['_cluster', 'state', 'version'],
            query: { ...master, filter_path: 'cluster_uuid' },
          }),
        ]);
        return send.variant.infoIn(nodes, state);
      }),

    listIndices: (prefix) =>
      transport.run('listIndices', async (send) => {
        requirePlainName('index prefix', prefix);
        const query = { expand_wildcards: 'all', filter_path: 'indices' };
        return indicesIn(await send({ method: 'GET', path: ['_resolve', 'index', `${prefix}-*`], query }), prefix);
      }),

    readOptimizeMetadata: (prefix) =>
      transport.run('readOptimizeMetadata', async (send) => {
        requirePlainName('index prefix', prefix);
        return optimizeMetadataIn(
          await send({ method: 'GET', path: [`${prefix}-metadata`, '_doc', '1'], ignore: [404] }),
        );
      }),

    readRepository: (name) =>
      inRepository('readRepository', name, async (send) => {
        const { limit, ...repository } = await registered(send, name);
        await lookup(send, name, [PROBE_NAME]);
        if (limit === undefined || !send.variant.limitsSnapshots) return { ...repository, snapshotsLeft: undefined };
        const count = await countSnapshots({ transport, send, masterTimeout, repository: name });
        return { ...repository, snapshotsLeft: Math.max(0, limit - count) };
      }),

    listRepositories: () =>
      transport.run('listRepositories', async (send) =>
        repositoriesIn(await send({ method: 'GET', path: ['_snapshot'], query: master })),
      ),

    putRepository: ({ name, type, settings }) =>
      transport.run('putRepository', async (send) => {
        requirePlainName('repository name', name);
        const query = { ...master, timeout: masterTimeout, verify: false };
        try {
          const reply = await send({ method: 'PUT', path: ['_snapshot', name], query, body: { type, settings } });
          requireTrue(reply, 'acknowledged');
        } catch (error) {
          throw refusedRegistration(error, transport.contextOf('putRepository'));
        }
      }),

    verifyRepository: (name) =>
      inRepository('verifyRepository', name, async (send) => {
        try {
          return verifiedNodesIn(await send({ method: 'POST', path: ['_snapshot', name, '_verify'], query: master }));
        } catch (error) {
          throw asFailedVerification(error);
        }
      }),

    findSnapshots: (repository, names) =>
      inRepository('findSnapshots', repository, async (send) => {
        requireSnapshotNames(names);
        return lookup(send, repository, names);
      }),

    listSnapshots: (repository, prefix) =>
      inRepository('listSnapshots', repository, async (send) => {
        requirePlainName('beginning of snapshot names', prefix);
        return listSnapshots({ transport, send, masterTimeout, repository }, prefix);
      }),

    startSnapshot: (snapshot) =>
      inRepository('startSnapshot', snapshot.repository, async (send) => {
        requireNewSnapshot(snapshot);
        const query = { ...master, wait_for_completion: false };
        const path = ['_snapshot', snapshot.repository, snapshot.name];
        const reply = send({ method: 'PUT', path, query, body: startBody(snapshot, send.variant) });
        try {
          requireTrue(await written('startSnapshot', send, snapshot.repository, reply), 'accepted');
        } catch (error) {
          throw await explainRefusedName(send, error, snapshot);
        }
      }),

    snapshotProgress: (repository, name) =>
      inRepository('snapshotProgress', repository, async (send) => {
        requirePlainName('snapshot name', name);
        const path = ['_snapshot', repository, name, '_status'];
        return progressIn(await send({ method: 'GET', path, query: master }));
      }),

    deleteSnapshot: (repository, name) =>
      inRepository('deleteSnapshot', repository, async (send) => {
        requirePlainName('snapshot name', name);
        const reply = send({ method: 'DELETE', path: ['_snapshot', repository, name], query: master });
        requireTrue(await written('deleteSnapshot', send, repository, reply), 'acknowledged');
      }),

    checkAddresses: () => transport.checkAddresses(),
    close: () => transport.close(),
  };
};
