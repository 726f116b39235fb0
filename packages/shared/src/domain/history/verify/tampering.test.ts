import { expect, it } from 'vitest';
import { tamperingLine } from './tampering.ts';

it('states what was found and since which seal, where one is known', () => {
  const found = { kind: 'event.removed', where: 'event 4' } as const;
  expect(tamperingLine({ ...found, seal: 2 })).toBe('event.removed: event 4 (a sealed event is gone, since seal 2)');
  expect(tamperingLine({ ...found, seal: undefined })).toBe('event.removed: event 4 (a sealed event is gone)');
});
