import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inCheckout } from './harness/paths.ts';
import { create, send } from './harness/requests/v1.ts';
import { otherIndices } from './harness/services/small-optimize.ts';
import { type Tandem, tandemUser } from './harness/tandem.ts';
import { useWorld } from './harness/world.ts';

/*
 * docs/cli.md tells the story: indices are deleted at night, and an operator who has the command line alone brings them back. The commands of the
 * chapter are run here one after the other, on a terminal where they ask, and what it shows is compared with what they print.
 */

const world = useWorld({ environment: { LEASE_DURATION: '1s', ENGINE_MASTER_TIMEOUT: '1s' } });
const ID = 'nightly-2026-11-22';
let tandem: Tandem;

const chapter = (): string => {
  const [, text = ''] = readFileSync(inCheckout('docs/cli.md'), 'utf8').split("\n## An operator's night\n");
  return text.split('\n## ')[0] ?? '';
};

type Step = { readonly command: string; readonly lines: readonly string[] };

/** Each block is a command and what it prints. */
const steps = (): readonly Step[] =>
  [...chapter().matchAll(/```text\n\$ tandem (?<command>.+)\n(?<output>[^`]*)```/g)].map(({ groups }) => ({
    command: groups?.command ?? '',
    lines: (groups?.output ?? '').split('\n'),
  }));

/** The words of a command line of the chapter, which quotes with '. */
const words = (command: string): readonly string[] =>
  [...command.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, bare]) => quoted ?? bare ?? '');

/** What differs from run to run, and how far columns are apart. */
const comparable = (text: string): string =>
  text
    .replaceAll(world.prefix, 'optimize')
    .replace(/repository \S+,/, 'repository R,')
    .replace(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replace(/\b[0-9a-f]{64}\b/g, 'HASH')
    .replace(/\d{4}-\d\d-\d\d \d\d:\d\d(:\d\d)?/g, 'TIME')
    .replace(/just now|\d+ (s|min|h|d) ago/g, 'AGO')
    .replace(/(about )?\d+(\.\d+)? (s|min)\b( \d+ s)?|duration unknown/g, 'SPAN')
    .replace(/\d+(\.\d+)? ([KMG]i)?B\b/g, 'SIZE')
    .replace(/\b\d+ events?\b/g, 'EVENTS')
    .replace(/\b\d+ seals?\b/g, 'SEALS')
    .replace(/seal is \d+/g, 'seal is N')
    .replace(/\s+/g, ' ')
    .trim();

const ELLIPSIS = '…';

/** Every line of the chapter, in this order; without an ellipsis there, no other. */
const expectShown = (printed: string, { command, lines }: Step): void => {
  const found = printed
    .split('\n')
    .map(comparable)
    .filter((line) => line !== '');
  const documented = lines.map(comparable).filter((line) => line !== '');
  const wanted = documented.filter((line) => line !== ELLIPSIS);
  const shown = found.filter((line) => wanted.includes(line));
  expect(shown, `${command}\n${printed}`).toEqual(wanted);
  if (!documented.includes(ELLIPSIS)) expect(found, command).toEqual(wanted);
};

const remove = async (names: readonly string[]) => {
  for (const name of names) await world.engine.call('DELETE', name);
};

beforeAll(async () => {
  tandem = tandemUser({ TANDEM_URL: world.api.address });
  await create(world.api, ID);
  await world.api.untilState(ID, 'COMPLETED');
  // the destruction
  await remove(otherIndices(world.prefix).filter((name) => !name.includes('metadata')));
});
afterAll(() => tandem.close());

describe("an operator's night", () => {
  it('needs at most six commands', () => {
    expect(steps()).toHaveLength(6);
  });

  it('goes as the chapter shows it', async () => {
    for (const step of steps()) {
      const args = words(step.command);
      if (args.includes('run')) {
        const session = tandem.open(args);
        await session.until(/to confirm: $/);
        session.type(`${ID}\r`);
        expect(await session.exited, session.screen()).toBe(0);
        expectShown(session.screen(), step);
      } else {
        const { code, stdout, stderr } = await tandem.run(args);
        expect(code, stdout + stderr).toBe(0);
        expectShown(`${stdout}\n${stderr}`, step);
      }
    }
  });

  it('ends with all indices there, as they were saved', async () => {
    const { json } = await tandem.run(['restore', 'list', '--kind', 'restore', '--output', 'json']);
    expect(json()).toMatchObject({
      items: [{ state: 'SUCCEEDED', backupId: ID, deleteExisting: true, report: { indices: 6, differing: 0 } }],
    });
    expect(await world.engine.count(String(otherIndices(world.prefix)[0]))).toBe(1);
  });
});

describe('where nobody can be asked', () => {
  const wish = ['restore', 'run', ID, '--delete-existing', '--reason', 'drill'];
  const hashOf = async (): Promise<string> => {
    const { json } = await tandem.run(['restore', 'plan', ID, '--delete-existing', '--output', 'json']);
    return (json() as { planHash: string }).planHash;
  };
  const restores = async () => (await send(world.api, 'GET', '/restores')).json?.items;

  it('a restore that deletes needs id and hash, and says which', async () => {
    const before = await restores();
    const refused = await tandem.run(wish);
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toMatch(/Deletes 6 indices/);
    expect(refused.stderr).toContain(`--confirm ${ID} --plan-hash ${await hashOf()}`);
    const other = await tandem.run([...wish, '--confirm', 'another', '--plan-hash', await hashOf()]);
    expect(other).toMatchObject({ code: 2, stderr: expect.stringContaining('--confirm must be the id') });
    expect(await restores()).toEqual(before);
  });

  it('a dry run shows the plan and stops', async () => {
    const before = await restores();
    const { code, json } = await tandem.run([...wish, '--dry-run', '--output', 'json']);
    expect({ code, plan: json() }).toMatchObject({ code: 0, plan: { blockers: [], counts: { delete: 6 } } });
    expect(await restores()).toEqual(before);
  });

  it('a plan that has changed since it was reviewed stops, and the difference is shown', async () => {
    const reviewed = await hashOf();
    await remove([String(otherIndices(world.prefix)[0])]);
    const before = await restores();
    const { code, stdout, stderr } = await tandem.run([...wish, '--confirm', ID, '--plan-hash', reviewed]);
    expect({ code, stdout }, stderr).toEqual({ code: 4, stdout: '' });
    expect(stderr).toMatch(new RegExp(`gone: deletion of ${otherIndices(world.prefix)[0]} `));
    expect(await restores()).toEqual(before);
  });

  it('the reviewed plan is carried out, and followed with lines', async () => {
    const given = ['--confirm', ID, '--plan-hash', await hashOf(), '--wait', '--output', 'json'];
    const { code, json, stderr } = await tandem.run([...wish, ...given]);
    expect({ code, restore: json() }, stderr).toMatchObject({ code: 0, restore: { state: 'SUCCEEDED', deletes: 5 } });
    expect(stderr).toMatch(/Restore [0-9a-f-]{36} was accepted\./);
  });

  it('a blocked plan has exit code 4, and its remedy names the option', async () => {
    const blocked = await tandem.run(['restore', 'plan', ID]);
    expect(blocked.code).toBe(4);
    expect(blocked.stdout.replace(/\s+/g, ' ')).toMatch(
      /INDICES_PRESENT: .* add --delete-existing to have them deleted/,
    );
    const run = await tandem.run(['restore', 'run', ID, '--reason', 'drill']);
    expect(run).toMatchObject({ code: 4, stdout: '' });
    expect(run.stderr).toContain('Nothing was changed.');
  });
});

describe('the other commands', () => {
  it.each([
    [['restore', 'list'], '/restores'],
    [['history', 'events', '--limit', '3'], '/events?limit=3'],
    [['history', 'summary', '--by', 'month', '--since', '2026-01-01'], undefined],
    [['history', 'status'], undefined],
    [['history', 'reconcile', '--wait'], undefined],
    [['repository', 'list'], '/repositories'],
    [['upgrade-check', 'elasticsearch@9'], '/upgrade-check?engine=elasticsearch&version=9'],
    [['history', 'proof', ID], undefined],
    [['history', 'snapshot', `camunda_optimize_${ID}_3.9.0_part_1_of_2`], undefined],
  ] as const)('print JSON, and tables of 80 columns: %j', async (args, path) => {
    const printed = await tandem.run([...args, '--output', 'json']);
    expect(printed.code, printed.stderr).toBe(0);
    expect(shapeOf(printed.json())).toMatchSnapshot();
    if (path !== undefined) expect(printed.json()).toEqual((await send(world.api, 'GET', path)).json);
    const { stdout } = await tandem.run(args);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });

  it('export the events, verify the file, and find that it was changed or cut', async () => {
    const file = join(tandem.home, 'events.ndjson');
    expect(await tandem.run(['history', 'export', '--file', file])).toMatchObject({ code: 0, stdout: '' });
    expect(await tandem.run(['history', 'verify', '--events', file])).toMatchObject({ code: 0 });
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace('backup.requested', 'backup.requesteD'));
    const changed = await tandem.run(['history', 'verify', '--events', file, '--output', 'json']);
    expect({ code: changed.code, report: changed.json() }).toMatchObject({ code: 1, report: { verdict: 'changed' } });
    writeFileSync(file, text.slice(0, text.lastIndexOf('{"end"')));
    expect(await tandem.run(['history', 'verify', '--events', file])).toMatchObject({ code: 5 });
    expect(await tandem.run(['history', 'verify', '--events', `${file}.none`])).toMatchObject({ code: 5 });
  });

  it('exit with 3 for what does not exist', async () => {
    expect(await tandem.run(['restore', 'plan', 'never-taken'])).toMatchObject({ code: 3, stdout: '' });
    expect(await tandem.run(['repository', 'get', 'never-registered'])).toMatchObject({ code: 3, stdout: '' });
    expect(await tandem.run(['history', 'proof', 'never-taken'])).toMatchObject({ code: 3, stdout: '' });
  });

  it('verify a repository, and report what the doctor finds', async () => {
    expect(await tandem.run(['repository', 'verify', world.repository])).toMatchObject({ code: 0 });
    const { code, json, stderr } = await tandem.run(['doctor', '--output', 'json']);
    const { report } = json() as { report: { verdict: string; findings: { check: string }[] } };
    expect({ code, checks: report.findings.length > 20 }, stderr).toEqual({
      code: report.verdict === 'fail' ? 1 : 0,
      checks: true,
    });
  });
});

/** The fields of an answer and their types; of a list the first entry. */
const shapeOf = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.slice(0, 1).map(shapeOf);
  if (value === null || typeof value !== 'object') return value === null ? 'null' : typeof value;
  const names = Object.keys(value);
  if (names.some((name) => /^\W|[-_]/.test(name))) return 'object';
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, shapeOf(one)]));
};
