import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeRealEngine } from '@tandem/engine/conformance/real-engine.ts';
import { type StackEngine, stackEngines } from '@tandem/local-stack/engine/engine-kinds.ts';
import { findJdks, missingJdk } from '@tandem/local-stack/engine/java.ts';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { whyNoMount } from '@tandem/local-stack/why-no-mount.ts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answersOf } from './answers.ts';
import { describeRound } from './describe-round.ts';
import { engineFacts } from './engine-facts.ts';

type Server = Awaited<ReturnType<typeof startEngine>>;

/** An engine for the tests of this file. */
const useServer = (kind: StackEngine): (() => Server) => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-engine-'));
  let server: Server | undefined;
  beforeAll(async () => {
    server = await startEngine({ directory, kind, durable: false });
  });
  afterAll(async () => {
    await server?.stop();
    rmSync(directory, { recursive: true, force: true });
  });
  return () => {
    if (server === undefined) throw new Error(`${kind} does not run`);
    return server;
  };
};

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
