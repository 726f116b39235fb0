import { expect, it } from 'vitest';
import { copyableList } from './copyable-list.ts';

const names = (count: number) => Array.from({ length: count }, (_, at) => `index-${at}`);

it('is JSON while it can be read, and then names the pages that hold it', () => {
  expect(copyableList(names(100), 'all of them', 'delete')).toBe(JSON.stringify(names(100)));
  expect(copyableList(names(101), 'all of them', 'delete')).toBe(
    '[…] with all of them, 101 names (GET /api/v1/restores/plans/{planHash}?list=delete)',
  );
  expect(copyableList(names(101), 'all in found')).toBe('[…] with all in found, 101 names');
});
