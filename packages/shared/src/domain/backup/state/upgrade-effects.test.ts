import { describe, expect, it } from 'vitest';
import { type EngineRelease, engineRelease } from './engine-releases.ts';
import { readingTarget, upgradeEffects } from './upgrade-effects.ts';

const SEVEN = 7_172_999;
const EIGHT = 8_537_000;
const NINE = 9_111_000;
const LATER_NINE = 9_120_000;
const TWO = 136_408_227;

const versions = { snapshots: [SEVEN, EIGHT, NINE, LATER_NINE], oldestIndices: [SEVEN, EIGHT, NINE] };
const target = (kind: 'elasticsearch' | 'opensearch', version: string): EngineRelease => {
  const release = engineRelease(kind, version);
  if (release === undefined) throw new Error(`${kind} ${version} is not supported`);
  return release;
};

describe('what a change of the engine makes unusable', () => {
  it.each([
    ['an upgrade to 9.5.3', target('elasticsearch', '9.5.3'), [SEVEN, LATER_NINE], [SEVEN], [], [EIGHT]],
    ['an upgrade to the last 9', target('elasticsearch', '9'), [SEVEN], [SEVEN], [LATER_NINE], [EIGHT]],
    ['a downgrade to 8.18.0', target('elasticsearch', '8.18.0'), [EIGHT, NINE, LATER_NINE], [EIGHT, NINE], [], [SEVEN]],
    ['OpenSearch 3', target('opensearch', '3'), versions.snapshots, versions.oldestIndices, [], []],
  ])('%s', (_, to, snapshots, oldestIndices, undecided, unrecorded) => {
    const effects = upgradeEffects(versions, to);
    expect(effects.unusable).toEqual({ snapshots, oldestIndices });
    expect([effects.undecided.snapshots, effects.undecided.unrecorded]).toEqual([undecided, unrecorded]);
  });

  it('an upgrade to OpenSearch 3 leaves open what snapshots of 2 hold', () => {
    const { unusable, undecided } = upgradeEffects(
      { snapshots: [TWO], oldestIndices: [TWO] },
      target('opensearch', '3'),
    );
    expect(unusable).toEqual({ snapshots: [], oldestIndices: [] });
    expect(undecided).toEqual({ snapshots: [], oldestIndices: [], unrecorded: [TWO] });
  });
});

describe('a target that is newer than the releases that are listed', () => {
  const running = { kind: 'elasticsearch', newestReadable: LATER_NINE, major: 9 } as const;

  it.each([
    ['reads what the running engine reads', target('elasticsearch', '9'), running, LATER_NINE],
    ['of another kind', target('opensearch', '3'), running, target('opensearch', '3').newestReadable],
    ['that is listed', target('elasticsearch', '9.5.3'), running, NINE],
    ['of an older major', target('elasticsearch', '8'), running, EIGHT],
    ['where the engine does not respond', target('elasticsearch', '9'), undefined, NINE],
  ])('%s', (_, to, engine, newestReadable) => {
    expect(readingTarget(to, engine).newestReadable).toBe(newestReadable);
  });
});
