import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type StackEngine, stackEngines } from '@tandem/local-stack/engine/engine-kinds.ts';
import { inCheckout } from '../harness/paths.ts';
import { engineAt } from '../harness/services/engine.ts';
import type { EngineFacts } from './checks.ts';

const CLIENTS = { elasticsearch: '@elastic/elasticsearch', opensearch: '@opensearch-project/opensearch' } as const;

/** The installed client for that product, with its version. */
const clientOf = (kind: StackEngine): string => {
  const name = CLIENTS[stackEngines[kind].product];
  const { resolve } = createRequire(inCheckout('packages/engine/package.json'));
  const path = resolve(name).split(`/node_modules/${name}/`)[0];
  const { version } = JSON.parse(readFileSync(`${path}/node_modules/${name}/package.json`, 'utf8')) as {
    version: string;
  };
  return `${name} ${version}`;
};

type Nodes = { readonly nodes: Readonly<Record<string, { version: string; jvm: { version: string } }>> };

/** What the running engine reports about itself. */
export const engineFacts = async (kind: StackEngine, url: string): Promise<EngineFacts> => {
  const { nodes } = await engineAt(url).call<Nodes>('GET', '_nodes/_local/jvm');
  const [node] = Object.values(nodes);
  if (node === undefined) throw new Error(`${kind} lists no node at ${url}`);
  return { kind, version: node.version, java: node.jvm.version, client: clientOf(kind) };
};
