import { describe, expect, it } from 'vitest';
import { compatibleEngines, type DecidingPart, restoresAll } from './compatible-engines.ts';

const SEVEN = 7_172_999;
const EIGHT = 8_537_000;

const part = (versionId: number | undefined, oldest: number | undefined, number = 1): DecidingPart => ({
  ...{ number, versionId, hasUnrecorded: oldest === undefined },
  oldestIndex: oldest === undefined ? undefined : { index: 'optimize-alert_v4', createdVersion: oldest },
});

/** "elasticsearch@9 yes 9.0.0" */
const told = (...parts: readonly DecidingPart[]) =>
  compatibleEngines(parts).map(({ kind, major, restores, from }) =>
    [`${kind}@${major}`, restores, ...(from === undefined ? [] : [from])].join(' '),
  );
const of = (...verdicts: readonly [string, string, string, string, string]) =>
  ['elasticsearch@7', 'elasticsearch@8', 'elasticsearch@9', 'opensearch@2', 'opensearch@3'].map(
    (engine, at) => `${engine} ${verdicts[at]}`,
  );

const UNKNOWN = ['not-known', 'not-known', 'not-known', 'not-known', 'not-known'] as const;

describe('the engines that can restore', () => {
  it.each([
    ['a part of 7.17.29', part(SEVEN, SEVEN), of('yes 7.17.29', 'yes 8.0.0', 'no', 'no', 'no')],
    ['a part of 8.19.21', part(EIGHT, EIGHT), of('no', 'yes 8.19.9', 'yes 9.0.0', 'no', 'no')],
    ['an index of 7 in a part of 8', part(EIGHT, SEVEN), of('no', 'yes 8.19.9', 'no', 'no', 'no')],
    [
      'a part of 8 whose indices are not known',
      part(EIGHT, undefined),
      of('no', 'yes 8.19.9', 'not-known', 'no', 'no'),
    ],
    ['a part of 9.5.3', part(9_111_000, 9_111_000), of('no', 'no', 'yes 9.5.2', 'no', 'no')],
    ['a part of a 9 that is not listed', part(9_120_000, 9_111_000), of('no', 'no', 'yes', 'no', 'no')],
    ['a part of OpenSearch 2.19.4', part(136_408_227, 136_408_227), of('no', 'no', 'no', 'yes 2.19.4', 'yes 3.0.0')],
    ['an index of Elasticsearch 7.10 in it', part(136_408_227, 7_100_299), of('no', 'no', 'no', 'yes 2.19.4', 'no')],
    [
      'a part of OpenSearch 2 whose indices are not known',
      part(136_408_227, undefined),
      of('no', 'no', 'no', 'yes 2.19.4', 'not-known'),
    ],
    [
      'a part of Elasticsearch 7.10.2',
      part(7_100_299, 7_100_299),
      of('yes 7.17.0', 'yes 8.0.0', 'no', 'yes 2.0.0', 'no'),
    ],
    ['a part of an unknown version', part(undefined, undefined), of(...UNKNOWN)],
  ])('%s', (_, given, expected) => {
    expect(told(given)).toEqual(expected);
  });

  it('are those that can restore every part, and what decides is named', () => {
    const verdicts = compatibleEngines([part(EIGHT, EIGHT), part(EIGHT, SEVEN, 2)]);
    expect(verdicts.find(({ kind, major }) => kind === 'elasticsearch' && major === 9)).toEqual({
      ...{ kind: 'elasticsearch', major: 9, restores: 'no', from: undefined, why: 'older' },
      decidedBy: { part: 2, index: 'optimize-alert_v4', versionId: SEVEN },
    });
    expect(verdicts.find(({ kind, major }) => kind === 'elasticsearch' && major === 8)).toMatchObject({
      ...{ restores: 'yes', from: '8.19.9', decidedBy: { part: 1, versionId: EIGHT }, why: undefined },
    });
  });

  it('are not known where some indices were not recorded, whatever is known of the others', () => {
    const some = { ...part(EIGHT, EIGHT), hasUnrecorded: true };
    expect(told(some)).toEqual(of('no', 'yes 8.19.9', 'not-known', 'no', 'no'));
    const nine = { kind: 'elasticsearch', newestReadable: 9_111_000, major: 9 } as const;
    const eight = { kind: 'elasticsearch', newestReadable: EIGHT, major: 8 } as const;
    const verdicts = [some, part(EIGHT, EIGHT), part(EIGHT, SEVEN)].map((each) =>
      [eight, nine].map((engine) => restoresAll([each], engine)),
    );
    expect(verdicts).toEqual([
      ['yes', 'not-known'],
      ['yes', 'yes'],
      ['yes', 'no'],
    ]);
  });

  it('are all of them where there is nothing to restore', () => {
    expect(told()).toEqual(of('yes 7.17.0', 'yes 8.0.0', 'yes 9.0.0', 'yes 2.0.0', 'yes 3.0.0'));
  });
});
