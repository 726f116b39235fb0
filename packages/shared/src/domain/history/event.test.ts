import { expect, it } from 'vitest';
import { actorName } from './event.ts';

it('names a system by its name, and a caller by the address', () => {
  expect(actorName({ kind: 'system', name: 'sweep' })).toBe('sweep');
  expect(actorName({ kind: 'anonymous', address: '192.0.2.1' })).toBe('192.0.2.1');
});
