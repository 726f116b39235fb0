import { CLUSTER_RIGHTS, INDEX_RIGHTS } from '@tandem/shared/domain/doctor/engine-rights.ts';
import { SCRATCH_MARK } from '@tandem/shared/domain/doctor/scratch.ts';
import type { ExaminedEngine } from '../../examination-port.ts';
import { lackingRightsIn, nodeFactsIn } from '../replies/examination.ts';
import { requireTrue } from '../reply-fields.ts';
import { requirePlainName } from '../request-rules.ts';
import type { EngineTransport } from '../transport/engine-transport.ts';
import { whereAllowed, whereSecured } from '../where-allowed.ts';

const requirePatterns = (patterns: readonly string[]): void => {
  for (const pattern of patterns)
    requirePlainName('index pattern', pattern.endsWith('*') ? pattern.slice(0, -1) : pattern);
};

const SCRATCH = {
  settings: { index: { number_of_shards: 1, number_of_replicas: 0, hidden: true } },
  mappings: { _meta: { tandem: SCRATCH_MARK } },
};

/** What the doctor asks of the engine. */
export const engineExamination = (transport: EngineTransport, masterTimeout: string): ExaminedEngine => ({
  inspectNodes: () =>
    transport.run('inspectNodes', async (send) => {
      const all = { timeout: masterTimeout };
      const [nodes, stats] = await Promise.all([
        whereAllowed(
          send({
            method: 'GET',
            path: ['_nodes', '_all', 'process'],
            query: { ...all, filter_path: 'nodes.*.name,nodes.*.version' },
          }),
        ),
        whereAllowed(
          send({
            method: 'GET',
            path: ['_nodes', 'stats', 'process'],
            query: { ...all, filter_path: 'nodes.*.timestamp' },
          }),
        ),
      ]);
      return nodes === undefined ? undefined : nodeFactsIn(nodes, stats);
    }),

  lackingRights: (patterns) =>
    transport.run('lackingRights', async (send) => {
      requirePatterns(patterns);
      const body = {
        cluster: Object.keys(CLUSTER_RIGHTS),
        index: [{ names: patterns, privileges: Object.keys(INDEX_RIGHTS) }],
      };
      const reply = send({ method: 'POST', path: ['_security', 'user', '_has_privileges'], body });
      return whereSecured(reply.then(lackingRightsIn));
    }),

  createScratchIndex: (name) =>
    transport.run('createScratchIndex', async (send) => {
      requirePlainName('index name', name);
      const query = { master_timeout: masterTimeout, timeout: masterTimeout };
      requireTrue(await send({ method: 'PUT', path: [name], query, body: SCRATCH }), 'acknowledged');
    }),
});
