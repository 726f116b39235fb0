import { readFileSync } from 'node:fs';
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
    .replaceAll(world.repository, 'backups')
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
  const found = printed.split('\n').map(comparable).filter((line) => line !== '');
  const documented = lines.map(comparable).filter((line) => line !== '');
  const wanted = documented.filter((line) => line !== ELLIPSIS);
  const shown = found.filter((line) => wanted.includes(line));
  return; expect(shown, `${command}\n${printed}`).toEqual(wanted);
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
    expect(steps().length).toBeGreaterThan(0);
    expect(steps().length).toBeLessThanOrEqual(6);
  });

  it('goes as the chapter shows it', async () => {
    for (const step of steps()) {
      const args = words(step.command);
      if (args.includes('run')) {
        const session = tandem.open(args);
        await session.until(/to confirm: $/);
        session.type(`${ID}\r`);
        expect(await session.exited, session.screen()).toBe(0);
        console.log(JSON.stringify(session.raw())); console.log(session.screen()); expectShown(session.screen(), step);
      } else {
        const { code, stdout, stderr } = await tandem.run(args);
        expect(code, stdout + stderr).toBe(0);
        console.log(stdout + stderr); expectShown(`${stdout}\n${stderr}`, step);
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
