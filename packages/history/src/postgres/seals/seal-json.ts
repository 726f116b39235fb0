import { microseconds } from '../events/exported-event-json.ts';

const base64 = (bytes: string): string => `replace(encode(${bytes}, 'base64'), E'\\n', '')`;

/** A seal as `Seal` of packages/shared has it. `s` is the row's alias. */
export const SEAL_JSON = `jsonb_build_object(
  'number', s.number, 'previous', encode(s.previous, 'hex'), 'hash', encode(s.hash, 'hex'), 'events', s.events, 'count', s.count,
  'root', encode(s.root, 'hex'), 'through', s.through::text, 'waiting', s.waiting, 'sealedAt', ${microseconds('s.sealed_at')},
  'signature', ${base64('s.signature')}, 'keyId', encode(s.key_id, 'hex'))`;
