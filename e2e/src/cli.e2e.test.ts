import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from './harness/requests/v1.ts';
import { type Tandem, tandemUser } from './harness/tandem.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
let tandem: Tandem;

beforeAll(() => {
  tandem = tandemUser({ TANDEM_URL: world.api.address });
});
afterAll(() => tandem.close());

const CTRL_C = '\u0003';

/** While it is stopped nothing that is requested ends. */
const withoutWorker = async <Result>(work: () => Promise<Result>): Promise<Result> => {
  world.worker.signal('SIGSTOP');
  try {
    return await work();
  } finally {
    world.worker.signal('SIGCONT');
  }
};

describe('a backup', () => {
  it('is taken, and its end awaited with lines of progress', async () => {
    const { code, stdout, stderr } = await tandem.run(['backup', 'create', 'cli-1', '--reason', 'try', '--wait']);
    expect({ code, stderr }).toMatchObject({ code: 0, stderr: expect.stringContaining('Backup cli-1 was accepted.') });
    expect(stdout).toMatch(/^Backup +cli-1$/m);
    expect(stdout).toMatch(/^State +COMPLETED$/m);
    expect(stdout).not.toContain('\u001b');
  });

  it('is printed as JSON as the API answers it', async () => {
    const { code, json, stderr } = await tandem.run(['backup', 'get', 'cli-1', '--output', 'json']);
    const answer = await send(world.api, 'GET', '/backups/cli-1');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(json()).toEqual(answer.json);
  });

  it('is found by state, time and index, and listed within 80 columns', async () => {
    const filters = [
      '--state',
      'completed,FAILED',
      '--since',
      '1h',
      '--index',
      `${world.prefix}-process-instance-invoice_v8`,
    ];
    const { code, stdout } = await tandem.run(['backup', 'list', ...filters]);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^BACKUP +STATE +REQUESTED \(UTC\) +SIZE +PROVEN\ncli-1 +COMPLETED +20/);
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([]);
    const none = await tandem.run(['backup', 'list', '--until', '2020-01-01', '--output', 'ndjson']);
    expect(none).toMatchObject({ code: 0, stdout: '' });
  });

  it('is rehearsed, compared, labelled, held and released', async () => {
    const rehearsed = await tandem.run(['backup', 'rehearse', 'cli-1', '--wait', '--output', 'json']);
    expect({ code: rehearsed.code, ended: rehearsed.json() }).toMatchObject({ code: 0, ended: { state: 'SUCCEEDED' } });
    expect(await tandem.run(['backup', 'create', 'cli-2', '--wait'])).toMatchObject({ code: 0 });
    const compared = await tandem.run(['backup', 'compare', 'cli-1', 'cli-2', '--output', 'json']);
    expect(compared.json()).toMatchObject({ backups: [{ backupId: 'cli-1' }, { backupId: 'cli-2' }], different: [] });
    expect((await tandem.run(['backup', 'compare', 'cli-1', 'cli-2'])).stdout).toContain('No index has another number');
    const labelled = await tandem.run(['backup', 'label', 'cli-1', 'env:test', '--note', 'of a test', '-o', 'yaml']);
    expect(labelled.stdout).toMatch(/^labels:\n {2}env: test\nnote: of a test$/m);
    expect(await tandem.run(['backup', 'hold', 'cli-1', '--reason', 'audit', '--until', '90d'])).toMatchObject({
      code: 0,
    });
    const refused = await tandem.run(['backup', 'delete', 'cli-1', '--reason', 'old', '--yes', '--confirm', 'cli-1']);
    expect(refused).toMatchObject({ code: 4, stdout: '' });
    expect(refused.stderr).toMatch(/^tandem: .*audit.*\nBACKUP_HELD, request [\w-]+\n$/s);
    expect(await tandem.run(['backup', 'release', 'cli-1', '--reason', 'done'])).toMatchObject({ code: 0 });
  });

  it('is exported, and the file is complete', async () => {
    const file = join(tandem.home, 'backups.ndjson');
    const { code, stdout, stderr } = await tandem.run(['backup', 'export', '--file', file]);
    expect({ code, stdout, stderr }).toEqual({ code: 0, stdout: '', stderr: `2 lines, complete: ${file}.\n` });
    const lines = readFileSync(file, 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toMatchObject([{ backupId: 'cli-1' }, { backupId: 'cli-2' }, { end: { count: 2 } }]);
    const csv = await tandem.run(['backup', 'export', '--format', 'csv']);
    expect(csv.stdout.split('\r\n').map((line) => line.split(',')[1])).toEqual([
      'backupId',
      '"cli-1"',
      '"cli-2"',
      undefined,
    ]);
  });

  it('has a runbook and says which engines restore it', async () => {
    expect((await tandem.run(['backup', 'runbook', 'cli-1'])).stdout).toMatch(/^# .*cli-1/);
    const { stdout } = await tandem.run(['backup', 'compatibility', 'cli-1']);
    expect(stdout).toMatch(/^Running +elasticsearch \S+: yes$/m);
    expect(stdout).toMatch(/^opensearch 3 +no/m);
  });

  it('is deleted only where that is confirmed', async () => {
    const asked = await tandem.run(['backup', 'delete', 'cli-2', '--reason', 'old']);
    expect(asked).toMatchObject({ code: 2, stdout: '' });
    expect(asked.stderr).toMatch(/Nobody can be asked here\.\nTo confirm it, add --yes\.\n$/);
    const dry = await tandem.run(['backup', 'delete', 'cli-2', '--reason', 'old', '--dry-run', '-o', 'json']);
    expect(dry.json()).toMatchObject({ backupId: 'cli-2', snapshots: [{ state: 'SUCCESS' }, { state: 'SUCCESS' }] });
    const newest = await tandem.run(['backup', 'delete', 'cli-2', '--reason', 'old', '--yes']);
    expect(newest).toMatchObject({ code: 2, stdout: '' });
    expect(newest.stderr).toContain('To delete it anyway, add --confirm cli-2.');
    expect(await world.snapshotsOf('cli-2')).toHaveLength(2);
    const given = ['--yes', '--confirm', 'cli-2', '--wait', '--output', 'json'];
    const deleted = await tandem.run(['backup', 'delete', 'cli-2', '--reason', 'old', ...given]);
    expect({ code: deleted.code, operation: deleted.json() }).toMatchObject({
      ...{ code: 0, operation: { kind: 'delete', state: 'SUCCEEDED' } },
    });
    expect(await world.snapshotsOf('cli-2')).toEqual([]);
  });
});

describe('on a terminal', () => {
  it('draws a bar while it waits, in colours, and lists the backup', async () => {
    const session = tandem.open(['backup', 'create', 'cli-3', '--wait']);
    expect(await session.exited).toBe(0);
    expect(session.screen()).toMatch(/[█░]{20} +\d+ %/);
    expect(session.raw()).toContain('\u001b[32mCOMPLETED');
  });

  it('asks for the id before it deletes, and does nothing for another one', async () => {
    const wrong = tandem.open(['backup', 'delete', 'cli-3', '--reason', 'old']);
    await wrong.until(/Type cli-3 to confirm: $/);
    wrong.type('cli-2\r');
    expect(await wrong.exited).toBe(2);
    expect(wrong.screen()).toContain('Not confirmed. Nothing was changed.');
    expect(await world.snapshotsOf('cli-3')).toHaveLength(2);
    const right = tandem.open(['backup', 'delete', 'cli-3', '--reason', 'old', '--wait']);
    await right.until(/Type cli-3 to confirm: $/);
    right.type('cli-3\r');
    expect(await right.exited).toBe(0);
    expect(await world.snapshotsOf('cli-3')).toEqual([]);
  });

  it('stops asking on Ctrl-C, and deletes nothing', async () => {
    const session = tandem.open(['backup', 'delete', 'cli-1', '--reason', 'old']);
    await session.until(/Type cli-1 to confirm: $/);
    session.type(CTRL_C);
    expect(await session.exited).toBe(130);
    expect(await world.snapshotsOf('cli-1')).toHaveLength(2);
  });

  it('says on Ctrl-C that the operation continues, and how to follow it', async () => {
    await withoutWorker(async () => {
      const session = tandem.open(['backup', 'create', 'cli-4', '--wait']);
      await session.until(/IN_PROGRESS/);
      session.type(CTRL_C);
      expect(await session.exited).toBe(130);
      expect(session.screen()).toMatch(/The operation continues\.\nTo follow it: tandem backup wait cli-4\n$/);
    });
    expect(await tandem.run(['backup', 'wait', 'cli-4'])).toMatchObject({ code: 0 });
  });

  it('has no colours with NO_COLOR', async () => {
    const session = tandem.open(['backup', 'list'], { environment: { NO_COLOR: '1' } });
    expect(await session.exited).toBe(0);
    expect(session.raw()).not.toContain('\u001b[3');
  });
});

describe('exit codes', () => {
  it('7: the time to wait has passed, and the operation continues', async () => {
    await withoutWorker(async () => {
      const { code, stderr } = await tandem.run(['backup', 'create', 'cli-5', '--wait', '--timeout', '1s']);
      expect({ code, stderr }).toMatchObject({ code: 7, stderr: expect.stringContaining('tandem backup wait cli-5') });
    });
    expect(await tandem.run(['backup', 'wait', 'cli-5'])).toMatchObject({ code: 0 });
  });

  it.each([
    ['2: no such command', 2, ['backup', 'lst']],
    ['2: a wrong option', 2, ['backup', 'list', '--state', 'DONE']],
    ['2: a request that the API refuses as wrong', 2, ['backup', 'create', 'With Capitals']],
    ['3: no such backup', 3, ['backup', 'get', 'none']],
    ['3: no such operation', 3, ['operation', 'get', '0b8f6a52-6a3f-4c0e-9d3c-6f7f0d1f8f10']],
    ['4: the id is taken', 4, ['backup', 'create', 'cli-1']],
  ])('%s', async (_name, code, args) => {
    const ended = await tandem.run(args);
    expect(ended).toMatchObject({ code, stdout: '' });
    expect(ended.stderr).toMatch(/^tandem: .+/);
  });

  it('5: nothing listens there', async () => {
    const away = { environment: { TANDEM_URL: 'http://127.0.0.1:9' } };
    const { code, stderr } = await tandem.run(['backup', 'list'], away);
    expect({ code, stderr }).toMatchObject({ code: 5, stderr: expect.stringContaining('http://127.0.0.1:9') });
  });

  it('1: what was waited for did not end well', async () => {
    await withoutWorker(async () => {
      const created = (await tandem.run(['backup', 'create', 'cli-6', '-o', 'json'])).json() as { operationId: string };
      const cancelled = ['operation', 'cancel', created.operationId, '--reason', 'mistake', '-o', 'json'];
      expect((await tandem.run(cancelled)).json()).toMatchObject({ operationId: created.operationId });
    });
    const { code, stderr } = await tandem.run(['backup', 'wait', 'cli-6']);
    expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining('Backup cli-6 is INCOMPLETE.') });
  });
});

describe('the Tandem that a command talks to', () => {
  it('is the stack that runs in the checkout, without any configuration', async () => {
    const folder = join(tandem.home, 'checkout');
    mkdirSync(join(folder, '.tandem'), { recursive: true });
    mkdirSync(join(folder, 'docs'));
    const stack = { apiUrl: world.api.address, pids: { start: process.pid } };
    writeFileSync(join(folder, '.tandem/stack.json'), JSON.stringify(stack));
    const without = { environment: { TANDEM_URL: undefined }, cwd: join(folder, 'docs') };
    expect(await tandem.run(['backup', 'get', 'cli-1'], without)).toMatchObject({ code: 0 });
    const elsewhere = await tandem.run(['backup', 'get', 'cli-1'], { environment: { TANDEM_URL: undefined } });
    expect(elsewhere).toMatchObject({ code: 2, stderr: expect.stringContaining('tandem context set') });
  });
});

describe('operations and the status', () => {
  it('are listed, previewed and shown', async () => {
    const listed = await tandem.run(['operation', 'list', '--backup', 'cli-1']);
    expect(listed.stdout).toMatch(/^OPERATION +KIND +STATE +BACKUP\n[0-9a-f-]{36} +rehearse +SUCCEEDED +cli-1\n20/);
    const preview = await tandem.run(['operation', 'retry', '--all', '--reason', 'try', '-o', 'json']);
    expect(preview.json()).toMatchObject({ count: 0, operationIds: [] });
    const { code, stdout } = await tandem.run(['status']);
    expect({ code, stdout }).toMatchObject({ code: 0, stdout: expect.stringMatching(/^Last completed +cli-5, 20/m) });
    const answer = await send(world.api, 'GET', '/status');
    const checked = await tandem.run(['status', '--check', '-o', 'json']);
    expect(checked.json()).toMatchObject({ status: answer.json?.status });
    expect(checked.code).toBe({ safe: 0, unknown: 5 }[String(answer.json?.status)] ?? 1);
  });
});

describe('with keys', () => {
  const keyFile = () => join(tandem.home, 'admin.key');
  const withKey = () => ({ environment: { TANDEM_API_KEY_FILE: keyFile() } });

  it('writes a new key into a file of its own, and prints it nowhere', async () => {
    const create = ['key', 'create', '--name', 'ann', '--role', 'admin', '--key-file', keyFile(), '-o', 'json'];
    const { code, stdout, stderr } = await tandem.run(create);
    const key = readFileSync(keyFile(), 'utf8').trim();
    expect({ code, mode: statSync(keyFile()).mode & 0o777 }).toEqual({ code: 0, mode: 0o600 });
    expect(key).toMatch(/^tdm_/);
    expect(`${stdout}${stderr}`).not.toContain(key);
  });

  it('6: without a key, once there is one', async () => {
    const isRefused = async () => (await tandem.run(['backup', 'list'])).code === 6;
    await world.until('anonymous callers are refused', isRefused, (refused) => refused);
    expect(await tandem.run(['backup', 'list'], withKey())).toMatchObject({ code: 0, stderr: '' });
    const { code, stdout } = await tandem.run(['whoami'], withKey());
    expect({ code, stdout }).toEqual({
      code: 0,
      stdout: expect.stringMatching(/^You are +ann\nRole +admin\nBy +api-key$/m),
    });
  });

  it('has a context with the key of a command, and says nothing of the key', async () => {
    const plain = { environment: { TANDEM_URL: undefined } };
    const set = ['context', 'set', 'here', '--url', world.api.address, '--key-command', `cat ${keyFile()}`];
    expect(await tandem.run(set, plain)).toMatchObject({ code: 0, stdout: '' });
    expect(await tandem.run(['backup', 'get', 'cli-1', '-o', 'json'], plain)).toMatchObject({ code: 0 });
    const shown = await tandem.run(['context', 'show'], plain);
    expect(shown.stdout).toMatch(/^From +context here$/m);
    expect(shown.stdout).not.toContain(readFileSync(keyFile(), 'utf8').trim());
    expect(await tandem.run(['context', 'remove', 'here'], plain)).toMatchObject({ code: 0 });
  });

  it('6: a role that may not do it', async () => {
    const file = join(tandem.home, 'viewer.key');
    const create = ['key', 'create', '--name', 'eve', '--role', 'viewer', '--key-file', file];
    expect(await tandem.run(create, withKey())).toMatchObject({ code: 0 });
    const viewer = { environment: { TANDEM_API_KEY_FILE: file } };
    expect(await tandem.run(['backup', 'list'], viewer)).toMatchObject({ code: 0 });
    const refused = await tandem.run(['backup', 'create'], viewer);
    expect(refused).toMatchObject({ code: 6, stdout: '', stderr: expect.stringContaining('tandem whoami') });
    const { items } = (await tandem.run(['key', 'list', '-o', 'json'], withKey())).json() as {
      items: readonly { readonly keyId: string; readonly name: string }[];
    };
    const eve = items.find(({ name }) => name === 'eve')?.keyId ?? '';
    expect(await tandem.run(['key', 'revoke', eve, '--reason', 'left'], withKey())).toMatchObject({ code: 0 });
  });
});
