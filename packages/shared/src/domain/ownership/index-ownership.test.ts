import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DYNAMIC_FAMILIES, OTHER_COMPONENTS, STATIC_NAMES } from './index-catalogue.ts';
import { belongsInBackup, classifyIndices, formsOf, ownershipList } from './index-ownership.ts';

const STAGING = 'optimize-staging-metadata_v3';

describe('the class of an index', () => {
  it.each([
    ['optimize', 'optimize-alert_v4', [], 'known'],
    ['optimize', 'optimize-alert_v99', [], 'known'],
    ['optimize', 'optimize-event_v4-000001', [], 'known'],
    ['optimize', 'optimize-alert_v4-000002', [], 'known'],
    ['optimize', 'optimize-instant-dashboard_v1', [], 'known'],
    ['optimize', 'optimize-process-instance-invoice_v8', [], 'known'],
    ['optimize', 'optimize-process-instance-staging-alert_v8', [STAGING], 'known'],
    ['optimize', 'optimize-process-instance-staging-metadata_v8', [], 'known'],
    ['optimize', 'optimize-process-instance-a_v2-metadata_v8', [], 'known'],
    ['optimize', 'optimize-process-instance-tandem-rehearsal-x_v8', [], 'known'],
    ['optimize', 'optimize-decision-instance-x_v5', [], 'known'],
    ['optimize', 'optimize-event-process-instance-6f1c_v8', [], 'known'],
    ['optimize', 'optimize-camunda-activity-event-invoice_v2-000001', [], 'known'],
    ['acme', 'acme-camunda-activity-event-invoice_v2-000001', ['acme-camunda-user_'], 'known'],
    ['acme', 'acme-alert_v4', [], 'known'],
    ['acme', 'acme-optimize-alert_v4', [], 'known'],
    ['acme', 'acme-optimize-process-instance-optimize-x_v8', [], 'known'],
    ['optimize', 'optimize-timestamp-based-import-index_v5', [], 'known'],
    ['optimize', 'optimize-timestamp-based-import-index_v5', ['optimize-timestamp-based-metadata_v3'], 'ambiguous'],
    ['optimize', 'optimize-position-based-import-index_v3', ['optimize-position-based-metadata_v3'], 'ambiguous'],
    ['optimize', 'optimize-instant-dashboard_v1', ['optimize-instant-import-index_v3'], 'ambiguous'],
    ['optimize', 'optimize-event-process-definition_v5', ['optimize-event-metadata_v3'], 'ambiguous'],
    ['optimize', 'optimize-event-process-instance-x_v8', ['optimize-event-metadata_v3'], 'ambiguous'],
    ['optimize', 'optimize-event-process-mapping_v4', ['optimize-event-metadata_v3'], 'known'],
    ['optimize', 'optimize-event_v4-000001', ['optimize-event-metadata_v3'], 'known'],
    ['optimize', 'optimize-event-alert_v4', ['optimize-event-metadata_v3'], 'otherInstallation'],
    ['acme', 'acme-optimize-event-process-definition_v5', ['acme-optimize-event-metadata_v3'], 'ambiguous'],
    ['acme', 'acme-operate-list-view-8.3.0_', [], 'otherComponent'],
    ['acme', 'acme-operate_metadata_v3', [], 'otherComponent'],
    ['acme', 'acme-tasklist-task-8.5.0_', [], 'otherComponent'],
    ['acme', 'acme-zeebe-record_process-instance_8.1.0_2022-10-11', [], 'otherComponent'],
    ['acme', 'acme-zeebe_x', [], 'otherComponent'],
    ['acme', 'acme-camunda-authorization-8.8.0_', [], 'otherComponent'],
    ['acme', 'acme-identity-x', [], 'otherComponent'],
    ['acme', 'acme-connectors-x', [], 'otherComponent'],
    ['acme', 'acme-operator-x_v1', [], 'unknown'],
    ['acme', 'acme-optimize-operate-x', [], 'unknown'],
    ['optimize', 'optimize-staging-alert_v4', [], 'unknown'],
    ['optimize', 'optimize-staging-alert_v4', [STAGING], 'otherInstallation'],
    [
      'optimize',
      'optimize-staging-alert_v4',
      ['optimize-staging-timestamp-based-import-index_v5'],
      'otherInstallation',
    ],
    [
      'optimize',
      'optimize-staging-timestamp-based-new_v1',
      ['optimize-staging-timestamp-based-import-index_v5'],
      'otherInstallation',
    ],
    ['optimize', 'optimize-staging-anything at all', [STAGING], 'otherInstallation'],
    ['optimize', 'optimize-staging2-alert_v4', [STAGING], 'unknown'],
    ['optimize', 'optimize-stag-alert_v4', [STAGING], 'unknown'],
    ['optimize', 'optimize-staging-alert_v4', ['optimize-staging-metadata'], 'unknown'],
    ['optimize', 'optimize-staging_v1', [STAGING], 'unknown'],
    ['optimize', 'optimize--alert_v4', ['optimize--metadata_v3'], 'unknown'],
    ['optimize', 'optimize-new-thing_v1', [], 'unknown'],
    ['optimize', 'optimize-alert', [], 'unknown'],
    ['optimize', 'optimize-alert_v', [], 'unknown'],
    ['optimize', 'optimize-alert_v4-copy', [], 'unknown'],
    ['optimize', 'optimize-process-instance_v7', [], 'unknown'],
    ['optimize', 'optimize-process-instance-_v7', [], 'unknown'],
    ['optimize', 'optimize-', [], 'unknown'],
    ['optimize', 'optimizer-alert_v4', [], 'outside'],
    ['optimize', '.security-7', [], 'outside'],
    ['optimize', 'tandem-rehearsal-0123456789ab-optimize-alert_v4', [], 'rehearsalCopy'],
    ['tandem', 'tandem-rehearsal-0123456789ab-optimize-alert_v4', [], 'rehearsalCopy'],
    ['a.b+c', 'a.b+c-alert_v4', [], 'known'],
  ])('prefix %s, index %s beside %j: %s', (prefix, name, others, expected) => {
    expect(classifyIndices(prefix, [...others, name]).get(name)).toMatchObject({ name, class: expected });
  });

  it('names the installation that owns an index, the one with the longest prefix', () => {
    const names = ['optimize-a-metadata_v3', 'optimize-a-b-metadata_v3', 'optimize-a-b-x', 'optimize-a-x'];
    const found = [...classifyIndices('optimize', names).values()].map(({ installation }) => installation);
    expect(found).toEqual(['optimize-a', 'optimize-a-b', 'optimize-a-b', 'optimize-a']);
  });

  it('names both forms where both are there', () => {
    const both = classifyIndices('acme', ['acme-alert_v4', 'acme-optimize-alert_v4', 'acme-optimize-new_v1']);
    expect(formsOf(both)).toEqual(['plain', 'optimize']);
    expect(both.get('acme-optimize-new_v1')).toMatchObject({ class: 'unknown', form: undefined });
    expect(ownershipList(both)).toEqual({
      ...{ ambiguous: [], unknown: ['acme-optimize-new_v1'], otherComponent: [], otherInstallation: [] },
      ...{ rehearsalCopy: [], outside: [], forms: ['plain', 'optimize'] },
    });
  });
});

/** Whatever is between the dashes of a catalogue name, alone or with its neighbours. */
const pieces = [...STATIC_NAMES, ...DYNAMIC_FAMILIES].flatMap((name) => {
  const words = name.split('-');
  return words.flatMap((_, from) =>
    words.slice(from).map((_word, count) => words.slice(from, from + count + 1).join('-')),
  );
});
const nestings = [...new Set([...pieces, ...OTHER_COMPONENTS, 'staging', 'optimize-staging', 'v3', 'a_v1'])];
/** Of `process-instance-x` every index reads as ours with the key `x-alert`: the rule says that it is ours. */
const isKey = (x: string): boolean =>
  DYNAMIC_FAMILIES.some((family) => x === family || x.startsWith(`${family}-`)) || x === 'optimize';

const key = fc.oneof(
  fc.constantFrom(
    'staging-alert',
    'metadata',
    'import-index',
    'x_v1',
    'x_v1-000001',
    'optimize-metadata',
    '-',
    '_v8',
    'é',
  ),
  fc.stringMatching(/^[a-z0-9][a-z0-9._@!-]{0,20}$/),
  fc
    .array(fc.constantFrom(...pieces, ...OTHER_COMPONENTS, 'optimize'), { minLength: 1, maxLength: 4 })
    .map((some) => some.join('-')),
);
const installed = (prefix: string, keys: readonly string[], later: boolean): readonly string[] => {
  const start = later ? `${prefix}-optimize` : prefix;
  const dynamic = DYNAMIC_FAMILIES.flatMap((family) => keys.map((one) => `${start}-${family}-${one}_v8`));
  return [...STATIC_NAMES.map((name) => `${start}-${name}_v3`), ...dynamic];
};
const prefix = fc.constantFrom('optimize', 'acme', 'acme-optimize', 'event', 'a.b');

describe('two installations of which one has a prefix that begins with the prefix of the other', () => {
  it('never takes an index of the other for a known one, and has all of its own in its backups', () => {
    const nested = fc.record({
      ours: prefix,
      x: fc.oneof(fc.constantFrom(...nestings), key).filter((x) => !isKey(x)),
      keys: fc.array(key, { minLength: 1, maxLength: 4 }),
      later: fc.boolean(),
      theirsLater: fc.boolean(),
    });
    fc.assert(
      fc.property(nested, ({ ours, x, keys, later, theirsLater }) => {
        const own = installed(ours, keys, later);
        const theirs = installed(`${ours}-${x}`, keys, theirsLater).filter((name) => !own.includes(name));
        const ownership = classifyIndices(ours, [...own, ...theirs]);
        const classOf = (name: string) => ownership.get(name)?.class;
        for (const name of theirs) expect([name, classOf(name)]).not.toEqual([name, 'known']);
        for (const name of own) expect(belongsInBackup(ownership.get(name) ?? { class: 'outside' })).toBe(true);
        expect(
          theirs.filter((name) => classOf(name) === 'otherInstallation' || classOf(name) === 'otherComponent').length,
        ).toBeGreaterThan(20);
      }),
      { numRuns: 300 },
    );
  });

  it('takes all of an installation that is alone for its own, whatever the keys are', () => {
    fc.assert(
      fc.property(prefix, fc.array(key), fc.boolean(), (ours, keys, later) => {
        const own = installed(ours, keys, later);
        const classes = [...classifyIndices(ours, own).values()].map((index) => index.class);
        expect(new Set(classes)).toEqual(new Set(['known']));
      }),
    );
  });

  it('finds by the catalogue which installations could own a name of ours', () => {
    const rivals = nestings
      .filter((x) => !isKey(x))
      .filter((x) => {
        const ownership = classifyIndices('optimize', [
          ...installed('optimize', ['k', ...STATIC_NAMES], false),
          `optimize-${x}-metadata_v3`,
        ]);
        return ownershipList(ownership).ambiguous.length > 0;
      });
    // of camunda-activity: activity events of a process whose key is `process-definition`, and the like
    expect(rivals.sort()).toEqual(['camunda-activity', 'event', 'instant', 'position-based', 'timestamp-based']);
  });

  it('classifies whatever it is given, each name once, in any order', () => {
    const name = fc.oneof(
      fc.string(),
      key.map((one) => `optimize-${one}`),
      key.map((one) => `optimize-${one}-metadata_v1`),
    );
    fc.assert(
      fc.property(fc.array(name), (names) => {
        const there = classifyIndices('optimize', names);
        const back = classifyIndices('optimize', names.toReversed());
        expect([...there.keys()].sort()).toEqual([...new Set(names)].sort());
        for (const [one, index] of there) expect(back.get(one)).toEqual(index);
      }),
    );
  });
});
