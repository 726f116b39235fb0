import { describe, expect, it } from 'vitest';
import type { BackupRecord, PartRecord } from '../backup/backup.ts';
import type { IndexFigures } from './manifest/index-facts.ts';
import type { Manifests } from './manifest/manifest.ts';
import { runbook } from './runbook.ts';

const part = (number: number, indices: readonly string[], more: Partial<PartRecord> = {}): PartRecord => ({
  number,
  of: 2,
  snapshotName: `camunda_optimize_b_3.9.0_part_${number}_of_2`,
  indices,
  state: 'SUCCESS',
  starts: 1,
  uuid: `uuid-${number}`,
  engineVersion: undefined,
  versionId: undefined,
  startedAt: undefined,
  endedAt: undefined,
  shards: undefined,
  failures: [],
  bytes: undefined,
  manifest: undefined,
  drift: undefined,
  ...more,
});
const backup: BackupRecord = {
  key: '1',
  backupId: 'b',
  optimizeVersion: '3.9.0',
  profile: 'optimize',
  indexPrefix: 'optimize',
  origin: 'requested',
  location: { clusterUuid: 'cluster', repository: 'backups', repositoryUuid: 'place' },
  requestedAt: new Date(0),
  state: 'COMPLETED',
  stateSeenAt: new Date(0),
  endedAt: undefined,
  deletedAt: undefined,
  failure: undefined,
  proof: undefined,
  partialProof: undefined,
  failedRehearsal: undefined,
  labels: {},
  note: undefined,
  hold: undefined,
  safetyOf: undefined,
  versionAssumed: false,
  parts: [part(1, ['optimize-import-index_v3']), part(2, ['optimize-alert_v4', 'optimize-report_v2'])],
  create: undefined,
};
const manifest = (...figures: readonly Partial<IndexFigures>[]) => ({
  shapes: [],
  templates: '',
  figures: figures.map((some) => ({ name: '', documents: 0, operations: 0, primaryBytes: 0, ...some })),
});
const manifests: ReadonlyMap<number, Manifests> = new Map([
  [
    2,
    {
      before: manifest({ name: 'optimize-alert_v4', documents: 5, operations: 5 }),
      after: manifest({ name: 'optimize-alert_v4', documents: 7, operations: 8 }),
    },
  ],
]);

const commands = (text: string): string => [...text.matchAll(/```sh\n(.*?)```/gs)].map(([, lines]) => lines).join('\n');

describe('a runbook', () => {
  const script = (of: Partial<BackupRecord> = {}) => commands(runbook({ ...backup, ...of }, manifests));

  it('checks the repository, the identity of each snapshot, and that nothing is in the way, before it restores', () => {
    const text = script();
    const order = [
      '"$ENGINE_URL/_snapshot/backups/_verify"',
      '"uuid":"uuid-1"',
      '"uuid":"uuid-2"',
      '/_cat/indices/optimize-*?expand_wildcards=all',
      'part_1_of_2/_restore?wait_for_completion=true',
      'part_2_of_2/_restore?wait_for_completion=true',
      '/_count',
      '/_cat/aliases/optimize-*',
    ].map((words) => text.indexOf(words));
    expect(order).not.toContain(-1);
    expect(order).toEqual(order.toSorted((one, other) => one - other));
  });

  it('restores exactly the indices of each part, and no global state', () => {
    const bodies = [...script().matchAll(/<<'JSON'\n(.*?)\nJSON/gs)].map(([, body]) => JSON.parse(body ?? ''));
    const same = { include_global_state: false, include_aliases: true, partial: false };
    expect(bodies).toEqual(backup.parts.map(({ indices }) => ({ indices, ...same })));
  });

  it('checks each index that it restores, before and after', () => {
    const names = backup.parts.flatMap(({ indices }) => indices).join('\n');
    const loop = (line: string) => expect.stringContaining(`while read -r INDEX; do\n  ${line}`);
    expect(script()).toEqual(loop('if echo "$THERE" | grep -qxF "$INDEX"; then stop'));
    expect(script()).toEqual(loop('curl -fsS "$ENGINE_URL/_cluster/health/$INDEX?wait_for_status=yellow'));
    expect(script().split(`done <<'INDICES'\n${names}\nINDICES\n`)).toHaveLength(3);
  });

  it.each<[string, Partial<PartRecord>, readonly string[]]>([
    ['and uuid', {}, ['"uuid":"uuid-1"', '"state":"SUCCESS"']],
    ['alone where no uuid is recorded', { uuid: undefined }, ['"state":"SUCCESS"']],
  ])('checks a snapshot by its state %s', (_, more, checked) => {
    const [first, second] = backup.parts as [PartRecord, PartRecord];
    const text = script({
      parts: [
        { ...first, ...more },
        { ...second, state: 'EMPTY' },
      ],
    });
    const stops = [...text.matchAll(/grep -qF '([^']*)' \|\| stop '([^']*)'/g)].map(([, ...found]) => found);
    expect(stops).toEqual(checked.map((words) => [words, `${first.snapshotName} has not ${words}`]));
  });

  it('restores nothing of a part whose indices were never seen, rather than all that it holds', () => {
    const [first] = backup.parts as [PartRecord];
    const parts = [first, part(2, [])];
    expect(script({ parts })).not.toContain('part_2_of_2/_restore');
    expect(runbook({ ...backup, parts }, manifests)).toContain('never seen: nothing is restored for it.');
  });

  it('restores nothing of a part that holds indices of others alone, and says so', () => {
    const [first] = backup.parts as [PartRecord];
    const parts = [first, part(2, ['operate-list-view-8.3.0_'])];
    expect(script({ parts })).not.toContain('part_2_of_2/_restore');
    const text = runbook({ ...backup, parts }, manifests);
    expect(text).toContain('None of the indices of this part is of this Optimize');
    expect(text).not.toContain('never seen');
  });

  it('numbers its steps', () => {
    const steps = [...runbook(backup, manifests).matchAll(/^## (\d+)\. /gm)].map(([, number]) => Number(number));
    expect(steps).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('names the repository by its uuid, where it is known', () => {
    expect(runbook(backup, manifests)).toContain('repository `backups` (uuid `place`)');
    const location = { ...backup.location, repositoryUuid: undefined };
    expect(runbook({ ...backup, location }, manifests)).toContain('(uuid `not known`)');
  });

  it('neither restores nor asks to delete what belongs to another installation or component', () => {
    const foreign = [
      'optimize-staging-metadata_v3',
      'optimize-staging-import-index_v3',
      'optimize-operate-list-view-8.3.0_',
    ];
    const [first, second] = backup.parts;
    const parts = [first, { ...second, indices: [...(second?.indices ?? []), ...foreign] }] as PartRecord[];
    const lines = runbook({ ...backup, parts }, new Map());
    for (const name of foreign) expect(commands(lines)).not.toContain(name);
    expect(lines).toContain(`not of this Optimize: ${foreign.map((name) => `\`${name}\``).join(', ')}.`);
    expect(commands(lines)).toContain('Delete those of this Optimize only');
    expect(runbook(backup, manifests)).not.toContain('Not restored');
  });

  it('counts what was measured around the part, within what may have been written meanwhile', () => {
    expect(script()).toContain("done <<'INDICES'\noptimize-alert_v4 4 8\nINDICES");
    expect(runbook(backup, manifests)).toContain('Not measured: `optimize-import-index_v3`, `optimize-report_v2`.');
    const unmeasured = runbook(backup, new Map());
    expect(unmeasured).toContain('there is nothing to compare with');
    expect(unmeasured).not.toContain('Not measured');
    const one = { ...backup, parts: [part(2, ['optimize-alert_v4'])] };
    expect(runbook(one, manifests)).not.toContain('Not measured');
  });

  it('says of a backup that is not whole that it is not', () => {
    expect(runbook({ ...backup, state: 'INCOMPLETE' }, manifests)).toContain('last seen INCOMPLETE');
    expect(runbook(backup, manifests)).not.toContain('last seen');
  });

  it('lets no name be read as shell or Markdown', () => {
    const evil = "it's `x` $(y)";
    const location = { ...backup.location, repository: evil };
    const lines = runbook(
      { ...backup, location, parts: [part(1, ['optimize-$(y)'], { snapshotName: evil })] },
      new Map(),
    );
    expect(commands(lines)).toContain('it%27s%20%60x%60%20%24%28y%29/_restore');
    expect(commands(lines)).toContain(String.raw`'it'\''s ${'`x`'} $(y) is missing'`);
    expect(lines.split('\n')[2]).toContain("`it's 'x' $(y)`");
  });
});
