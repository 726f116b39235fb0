import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Certificate, localCertificate, newAuthority } from '@tandem/local-stack/certificates.ts';
import type { StackEngine } from '@tandem/local-stack/engine/engine-kinds.ts';
import { startEngine } from '@tandem/local-stack/engine/start-engine.ts';
import { afterAll, afterEach, beforeAll } from 'vitest';
import type { ConnectedEngine, EngineSettings } from './connected-engine.ts';
import { realEngineFixture } from './real-engine.fixture.ts';
import { connectEngine } from './registry.ts';
import { type Decide, type ServiceProxy, startServiceProxy } from './service-proxy.fixture.ts';

/** The index that the engine has, with two documents. */
export const INDEX = 'optimize-report_v1';

export type ProxiedEngine = {
  /** PEM of the private authority that signed the certificates of the proxies. */
  readonly caCertificate: () => string;
  /** Before the engine until the test ends. */
  readonly proxy: (decide: Decide) => Promise<ServiceProxy>;
  /** Trusts the authority unless `settings` says otherwise; closed when the test ends. */
  readonly connect: (
    settings: Pick<EngineSettings, 'url'> & Partial<EngineSettings>,
    connectTo?: (settings: EngineSettings) => ConnectedEngine,
  ) => ConnectedEngine;
};

/** A real engine with one index and the repository `backups`, for the tests of a `describe`. */
export const useProxiedEngine = (kind: StackEngine): ProxiedEngine => {
  const directory = mkdtempSync(join(tmpdir(), 'tandem-proxied-'));
  const closings: (() => unknown)[] = [];
  let engine: Awaited<ReturnType<typeof startEngine>>;
  let authority: Certificate;

  beforeAll(async () => {
    authority = await newAuthority();
    engine = await startEngine({ directory, kind, durable: false });
    const fixture = realEngineFixture(engine.url, engine.repositoriesPath);
    await fixture.createIndex(INDEX, 2);
    await fixture.createRepository('backups');
  });
  afterEach(async () => {
    for (const close of closings.splice(0).reverse()) await close();
  });
  afterAll(async () => {
    await engine?.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  return {
    caCertificate: () => authority.certificate,
    proxy: async (decide) => {
      const proxy = await startServiceProxy(engine.url, await localCertificate(authority), decide);
      closings.push(() => proxy.close());
      return proxy;
    },
    connect: (settings, connectTo = connectEngine) => {
      const connected = connectTo({
        ...{ caCertificate: authority.certificate, requestTimeoutMs: 20_000, masterTimeoutMs: 10_000 },
        ...settings,
      });
      closings.push(() => connected.close());
      return connected;
    },
  };
};
