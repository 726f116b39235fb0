import type { EngineSettings } from '../../connected-engine.ts';
import type { EngineKind } from '../../port.ts';
import type { EngineVariant } from '../variant.ts';
import { type EngineClient, engineClient } from './engine-client.ts';

/** One address. */
export type Target = {
  readonly url: string;
  /** As configured, with credentials. */
  readonly given: string;
  /** The connections of that kind's client; opened with its first request. */
  readonly client: (variant: EngineVariant) => EngineClient;
};

/** One for each kind, made with its first request and added to `opened`. */
export const lazyClients = (url: string, settings: EngineSettings, opened: EngineClient[]): Target['client'] => {
  const made = new Map<EngineKind, EngineClient>();
  return ({ kind, client }) => {
    const known = made.get(kind);
    if (known !== undefined) return known;
    const created = engineClient(client(url, settings));
    made.set(kind, created);
    opened.push(created);
    return created;
  };
};
