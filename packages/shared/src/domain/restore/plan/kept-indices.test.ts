import { expect, it } from 'vitest';
import { keptIndices } from './kept-indices.ts';
import { restoreOwnership } from './restore-ownership.ts';

const existing = (...names: readonly string[]) =>
  names.map((name) => ({ name, uuid: `uuid-${name}`, open: true, primaries: 1, replicas: 0 }));
const deletionOf = (index: string) => ({ index, uuid: `uuid-${index}` });

it('lists what is there and not deleted, with its class', () => {
  const listed = ['optimize-alert_v4', 'optimize-import-index_v3', 'optimize-new_v1', 'optimize-operate-list_v1'];
  const ownership = restoreOwnership('optimize', ['optimize-alert_v4', 'optimize-gone_v1'], listed);
  const facts = { listed, existing: existing(...listed.slice(0, 3)), ownership };
  expect(keptIndices(facts, [deletionOf('optimize-alert_v4')])).toEqual([
    { index: 'optimize-import-index_v3', class: 'known' },
    { index: 'optimize-new_v1', class: 'unknown' },
    { index: 'optimize-operate-list_v1', class: 'otherComponent' },
  ]);
});

it('lists indices with a target name outside the prefix too', () => {
  const facts = {
    listed: ['optimize-alert_v4'],
    existing: existing('copy-optimize-alert_v4'),
    ownership: restoreOwnership('optimize', ['optimize-alert_v4'], ['optimize-alert_v4']),
  };
  expect(keptIndices(facts, [])).toEqual([
    { index: 'copy-optimize-alert_v4', class: 'outside' },
    { index: 'optimize-alert_v4', class: 'known' },
  ]);
});
