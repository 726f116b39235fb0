import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { StackEngine } from '@tandem/local-stack/engine/engine-kinds.ts';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { afterAll, beforeAll } from 'vitest';

type Server = Awaited<ReturnType<typeof startEngine>>;

/** An engine for the tests of a file or a `describe`; call it before `useWorld`, so that it runs when the world opens. */
export const useServer = (kind: StackEngine): (() => Server) => {
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
