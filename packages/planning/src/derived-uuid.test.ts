import { expect, it } from 'vitest';
import { derivedUuid } from './derived-uuid.ts';

it('derives a UUID of version 8', () => {
  for (const text of ['', 'a', 'restore-1', 'restore-2'])
    expect(derivedUuid(text)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

it('derives the same from the same text, and another from another text', () => {
  expect(derivedUuid('restore-1')).toBe(derivedUuid('restore-1'));
  expect(derivedUuid('restore-1')).not.toBe(derivedUuid('restore-2'));
});
