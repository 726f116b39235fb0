import { describeRealEngine } from '@tandem/engine/conformance/real-engine.ts';
import { type StackEngine, stackEngines } from '@tandem/local-stack/engine/engine-kinds.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { whyNoMount } from '@tandem/local-stack/why-no-mount.ts';
import { describe, expect, it } from 'vitest';
import { useServer } from '../harness/services/engine-server.ts';
import { answersOf } from './answers.ts';
import { describeRound } from './describe-round.ts';
import { engineFacts } from './engine-facts.ts';

/** A single data node is exempt from the watermarks before Elasticsearch 8, and in OpenSearch. */
const watchesItsDisk: readonly StackEngine[] = ['elasticsearch@8', 'elasticsearch@9'];

/** Everything that is tried on each engine: the suite of the engine's port, and one round of a real API and worker. */
export const tryEngine = async (kind: StackEngine): Promise<void> => {
  const missing = missingJdk(await findJdks(), kind);
  if (missing !== undefined) {
    it(`${kind} is tried`, ({ skip }) => skip(missing));
    return;
  }
  describe(kind, () => {
    const server = useServer(kind);

    it('is the version that was asked for', async ({ task }) => {
      const facts = await engineFacts(kind, server().url);
      expect(facts.version).toBe(stackEngines[kind].version);
      task.meta.engine = facts;
    });

    describeRealEngine({ name: kind, running: server, whyNoMount, watchesItsDisk: watchesItsDisk.includes(kind) });
    describeRound(kind, server);

    it('answers the questions of which docs/engines.md shows the differences', async ({ task }) => {
      const { url, repositoriesPath } = server();
      task.meta.answers = await answersOf(url, repositoriesPath);
    });
  });
};
