import { describe, expect, it } from 'vitest';
import { classifyIndices } from './index-ownership.ts';
import { keptOwnership, MAX_KEPT_NAMES, ownershipChange, shownOwnership } from './kept-ownership.ts';

const ours = ['acme-import-index_v3', 'acme-alert_v4'];
const digestOf = (text: string): string => `digest of ${text.length}`;
const kept = (...names: readonly string[]) => keptOwnership(classifyIndices('acme', [...ours, ...names]), digestOf);
const records = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, day) => `acme-zeebe-record_job_${String(day).padStart(4, '0')}`);
const none = { ambiguous: [], unknown: [], otherComponent: [], otherInstallation: [], rehearsalCopy: [], outside: [] };
const noMore = {
  ...{ ambiguous: 0, unknown: 0, otherComponent: 0, otherInstallation: 0 },
  ...{ rehearsalCopy: 0, outside: 0 },
};

describe('what a backup keeps of the names under its prefix', () => {
  it('keeps nothing but the form where all names are ours', () => {
    expect(kept()).toEqual({ forms: ['plain'], classes: {} });
    expect(shownOwnership(kept())).toEqual({ ...none, forms: ['plain'], more: noMore });
  });

  it('shows by class what is unknown and left out, and that both forms were taken', () => {
    const shown = shownOwnership(
      kept(
        'acme-operate-list_',
        'acme-new-thing_v1',
        'acme-optimize-alert_v4',
        'acme-x-metadata_v3',
        'acme-x-alert_v4',
      ),
    );
    expect(shown).toEqual({
      ...none,
      unknown: ['acme-new-thing_v1'],
      otherComponent: ['acme-operate-list_'],
      otherInstallation: ['acme-x-alert_v4', 'acme-x-metadata_v3'],
      forms: ['plain', 'optimize'],
      more: noMore,
    });
  });

  it('keeps a list in full as far as it is not too long', () => {
    expect(kept(...records(1)).classes).toEqual({ otherComponent: { names: records(1) } });
    expect(kept(...records(MAX_KEPT_NAMES)).classes).toEqual({ otherComponent: { names: records(MAX_KEPT_NAMES) } });
  });

  it('cuts a long list and says how many more there are', () => {
    const { otherComponent, more } = shownOwnership(kept(...records(MAX_KEPT_NAMES + 7)));
    expect(otherComponent).toEqual(records(MAX_KEPT_NAMES));
    expect(more).toEqual({ ...noMore, otherComponent: 7 });
  });
});

describe('what differs between two backups', () => {
  it('is nothing where the lists are the same, in whatever order the engine names the indices', () => {
    expect(ownershipChange(kept('acme-b_v1', 'acme-a_v1'), kept('acme-a_v1', 'acme-b_v1'))).toBeUndefined();
    expect(ownershipChange(kept(...records(99)), kept(...records(99)))).toBeUndefined();
  });

  it('is nothing where only indices of ours come and go', () => {
    expect(ownershipChange(kept(), kept('acme-process-instance-invoice_v8'))).toBeUndefined();
  });

  it('names the classes that have other names, and both lists', () => {
    expect(ownershipChange(kept('acme-a_v1', 'acme-operate-x'), kept('acme-b_v1', 'acme-operate-x'))).toEqual({
      before: { unknown: { names: ['acme-a_v1'], more: 0 } },
      after: { unknown: { names: ['acme-b_v1'], more: 0 } },
    });
  });

  it('notices that another form came', () => {
    expect(ownershipChange(kept(), kept('acme-optimize-alert_v4'))).toEqual({
      before: { forms: ['plain'] },
      after: { forms: ['plain', 'optimize'] },
    });
  });

  it('notices another name beyond those that are kept', () => {
    const last = ['acme-zeebe-record_job_9998', 'acme-zeebe-record_job_99999'];
    const [before, now] = last.map((name) => kept(...records(80), name));
    if (before === undefined || now === undefined) throw new Error('two are compared');
    expect(ownershipChange(before, now)?.after).toEqual({
      otherComponent: { names: records(MAX_KEPT_NAMES), more: 81 - MAX_KEPT_NAMES },
    });
  });
});

it('tells a class of which there are names on one side alone', () => {
  const some = { unknown: { names: ['acme-new-thing_v1'], more: 0 } };
  const none = { unknown: { names: [], more: 0 } };
  expect(ownershipChange(kept(), kept('acme-new-thing_v1'))).toEqual({ before: none, after: some });
  expect(ownershipChange(kept('acme-new-thing_v1'), kept())).toEqual({ before: some, after: none });
});
