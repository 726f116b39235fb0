import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BackupProof, SealPage } from '@tandem/shared/contract/seals.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { create, read, send, untilOperation } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const folder = mkdtempSync(join(tmpdir(), 'tandem-seals-'));
const file = (name: string, content: string | Buffer = ''): string => {
  const path = join(folder, name);
  if (content.length > 0) writeFileSync(path, content);
  return path;
};

const { privateKey, publicKey } = generateKeyPairSync('ed25519');
const keyFile = file('seal.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
const publicFile = file('seal.pub', publicKey.export({ type: 'spki', format: 'pem' }) as string);

const world = useWorld({ environment: { SEAL_KEY_FILE: keyFile } });

const allSealed = () =>
  world.until(
    'every event is sealed',
    async () => (await world.api.call('/actuator/prometheus')).text,
    (text) => /^tandem_unsealed_events 0$/m.test(text) && /^tandem_oldest_unsealed_event_age_seconds 0$/m.test(text),
  );

/** Every event that there is, sealed; the worker is gone. */
beforeAll(async () => {
  for (const id of ['kept', 'deleted']) {
    await create(world.api, id);
    await world.api.untilState(id, 'COMPLETED');
  }
  const deletion = await send(world.api, 'DELETE', '/backups/deleted', { reason: 'no room', confirm: 'deleted' });
  await untilOperation(world, String(deletion.json?.operationId), 'SUCCEEDED');
  const hold = { reason: 'audit', until: null };
  expect(
    await send(world.api, 'PATCH', '/backups/kept', { labels: { env: 'test' }, hold, reason: 'audit' }),
  ).toMatchObject({ status: 200 });
  await send(world.api, 'POST', '/backups', { backupId: 'kept' });
  await allSealed();
  await world.worker.kill();
}, 120_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const verify = async (...args: readonly string[]) => {
  const program = world.startProgram('audit-verify', world.environment({ SEAL_KEY_FILE: undefined }), args);
  const { code } = await program.exited;
  return { code, lines: program.output().trim().split('\n') };
};

/** What only the owner of the tables can do, who turns the triggers off. */
const asOwner = (sql: string) => world.sql(`DO $$ BEGIN SET LOCAL session_replication_role = replica; ${sql}; END $$`);

const seals = async () => SealPage.parse(await read(world.api, '/history/seals?limit=1000')).items;
const proof = async (id: string) => BackupProof.parse(await read(world.api, `/audit/proof/${id}`));
const lines = (rows: readonly unknown[]) => rows.map((row) => `${JSON.stringify(row)}\n`).join('');

it('finds a real history whole, signed, in the chain that was exported, and in the log of the worker', async () => {
  const all = await seals();
  expect(all.length).toBeGreaterThan(1);
  const checkpoint = file('seals.ndjson', lines(all));
  const trusted = ['--public-key', publicFile, '--checkpoint', checkpoint];
  const { code, lines: said } = await verify(...trusted);
  expect(said.at(-1)).toBe('Intact: nothing was tampered with.');
  expect(code).toBe(0);
  const log = file('worker.log', world.worker.output());
  const { lines: summary, code: whole } = await verify('--json', '--checkpoint', log);
  expect(JSON.parse(summary[0] ?? '')).toMatchObject({
    ...{ intact: true, seals: all.length, unsealed: 0, backups: 2, findings: 0, listed: [] },
    head: { number: all.length, hash: all.at(-1)?.hash },
  });
  expect(whole).toBe(0);
});

it('proves a backup', async () => {
  const kept = await proof('kept');
  expect(kept).toMatchObject({ intact: true, findings: [], unsealed: 0, allEvents: true, moreEvents: 0 });
  expect(kept.backups).toMatchObject([{ backupId: 'kept', state: 'COMPLETED', labels: { env: 'test' } }]);
  expect(kept.events.map(({ event }) => event.kind)).toEqual(
    expect.arrayContaining(['backup.requested', 'backup.completed', 'backup.held', 'backup.refused']),
  );
  expect((await proof('deleted')).backups).toMatchObject([{ deletedAt: expect.any(String) }]);
  const { status, json } = await world.api.call('/api/v1/audit/proof/nowhere');
  expect([status, json?.code]).toEqual([404, 'BACKUP_NOT_FOUND']);
});

it('pages through the seals', async () => {
  const all = await seals();
  const first = SealPage.parse(await read(world.api, '/history/seals?limit=1'));
  expect(first.items).toEqual(all.slice(0, 1));
  expect(SealPage.parse(await read(world.api, `/history/seals?limit=1&cursor=${first.nextCursor}`)).items).toEqual(
    all.slice(1, 2),
  );
  expect((await world.api.call('/api/v1/history/seals?cursor=bm8')).json?.code).toBe('CURSOR_INVALID');
});

it('finds an event that the owner of the tables changed, and says where', async () => {
  await asOwner(
    `UPDATE event SET actor = '{"kind": "anonymous", "address": "10.9.9.9"}' WHERE backup_id = 'deleted' AND kind = 'backup.delete-requested'`,
  );
  const { code, lines: said } = await verify();
  expect(said[0]).toMatch(/^event\.changed: among events \d+/);
  expect(said.at(-1)).toBe('Tampered with: 1 finding.');
  expect(code).toBe(1);
  expect(await proof('deleted')).toMatchObject({ intact: false, findings: [{ kind: 'event.changed' }] });
  await asOwner(`UPDATE event SET actor = (SELECT o.actor FROM operation o WHERE o.id = event.operation_id)
    WHERE backup_id = 'deleted' AND kind = 'backup.delete-requested'`);
  expect(await proof('deleted')).toMatchObject({ intact: true });
});

it('finds a backup that was removed, and a state that was changed', async () => {
  await asOwner(`UPDATE backup SET state = 'FAILED' WHERE backup_id = 'kept'`);
  expect((await verify()).lines[0]).toMatch(
    /^backup\.changed: backup kept \(key \d+\): its state is FAILED, its events say COMPLETED/,
  );
  await asOwner(
    `UPDATE backup SET state = 'COMPLETED' WHERE backup_id = 'kept'; CREATE TABLE kept AS TABLE backup; DELETE FROM backup WHERE backup_id = 'deleted'`,
  );
  expect((await verify()).lines[0]).toMatch(/^backup\.removed: backup deleted/);
  expect(await proof('deleted')).toMatchObject({ intact: false, findings: [{ kind: 'backup.removed' }] });
  await asOwner(`ALTER TABLE kept DROP COLUMN requested_by_name; DELETE FROM backup;
    EXECUTE (SELECT format('INSERT INTO backup (%1$s) SELECT %1$s FROM kept', string_agg(quote_ident(attname), ', '))
      FROM pg_attribute WHERE attrelid = 'kept'::regclass AND attnum > 0 AND NOT attisdropped); DROP TABLE kept`);
  expect((await verify()).code).toBe(0);
});

it('needs no database for exports, gzipped or not', async () => {
  const exportOf = async (of: string) => (await world.api.call(`/api/v1/${of}/export?format=ndjson`)).text;
  const text = await exportOf('events');
  const events = text.trim().split('\n');
  const backupFile = file('backups.ndjson', await exportOf('backups'));
  const exported = await verify('--export-seals');
  const sealFile = file('exported.ndjson', `${exported.lines.join('\n')}\n`);
  const offline = async (eventFile: string) => {
    const args = ['--events', eventFile, '--seals', sealFile, '--backups', backupFile, '--public-key', publicFile];
    const program = world.startProgram('audit-verify', {}, args);
    const { code } = await program.exited;
    return { code, lines: program.output().trim().split('\n') };
  };
  const whole = { code: 0, lines: expect.arrayContaining(['Intact: nothing was tampered with.']) };
  expect(await offline(file('events.ndjson', text))).toEqual(whole);
  expect(await offline(file('events.ndjson.gz', gzipSync(text)))).toEqual(whole);
  const { lines: said, code } = await offline(file('short.ndjson', events.slice(1).join('\n')));
  expect([said[0], code]).toEqual([expect.stringMatching(/^event\.removed: events 1 /), 1]);
  const cut = await offline(file('cut.ndjson.gz', gzipSync(text).subarray(0, -20)));
  expect([cut.lines[0], cut.code]).toEqual([
    expect.stringMatching(/cut\.ndjson\.gz cannot be read: unexpected end of file/),
    2,
  ]);
  const reversed = await offline(file('reversed.ndjson', events.toReversed().join('\n')));
  expect([reversed.lines.at(-1), reversed.code]).toEqual([
    expect.stringMatching(/Exports are in the order of their ids/),
    2,
  ]);
  const torn = await offline(file('torn.ndjson', text.slice(0, -20)));
  expect([torn.lines[0], torn.code]).toEqual([
    expect.stringMatching(/torn\.ndjson, line \d+: must be a JSON object, found /),
    2,
  ]);
  // as an earlier version exported it: its seals say that all is there
  const earlier = await offline(file('earlier.ndjson', `${events.slice(0, -1).join('\n')}\n`));
  expect(earlier).toEqual({
    code: 0,
    lines: expect.arrayContaining([expect.stringMatching(/may be incomplete/)]),
  });
});

it('says of an export alone whether it is complete', async () => {
  const { text } = await world.api.call('/api/v1/events/export?format=ndjson');
  const check = async (eventFile: string) => {
    const program = world.startProgram('audit-verify', {}, ['--events', eventFile]);
    const { code } = await program.exited;
    return [code, program.output()];
  };
  expect(await check(file('alone.ndjson', text))).toEqual([
    0,
    expect.stringContaining('Complete and unchanged since the export.'),
  ]);
  const cut = file('alone-cut.ndjson', text.slice(0, text.indexOf('\n') + 1));
  expect(await check(cut)).toEqual([2, expect.stringContaining('alone-cut.ndjson may be incomplete')]);
  const without = file('alone-without.ndjson', text.slice(text.indexOf('\n') + 1));
  expect(await check(without)).toEqual([1, expect.stringMatching(/export\.changed: .*, but \d+ with \w+ precede it/)]);
});

it.each([
  [['--checkpoint', '/nowhere'], /\/nowhere cannot be read/],
  [['--seals', '/nowhere'], /--seals goes with --events/],
  [['--events', '/nowhere'], /\/nowhere cannot be read/],
  [['--signed-from', '2'], /--signed-from goes with --public-key/],
  [['--public-key', keyFile, '--signed-from', 'x'], /must be the number of a seal, found "x"/],
  [['--frobnicate'], /Unknown option '--frobnicate'/],
])('says what is missing: %j', async (args, message) => {
  const { code, lines: said } = await verify(...args);
  expect(said.join('\n')).toMatch(message);
  expect(code).toBe(2);
});

it('finds seals that were cut off, made anew, or not signed', async () => {
  const checkpoint = file('before.ndjson', lines(await seals()));
  await asOwner(`DELETE FROM seal WHERE number > 1`);
  expect((await verify()).code).toBe(0);
  const truncated = await verify('--checkpoint', checkpoint);
  expect([truncated.code, truncated.lines[0]]).toEqual([
    1,
    expect.stringMatching(/^seal\.truncated: seals 2 to \d+ of the checkpoint; the last one now is 1/),
  ]);
  Object.assign(world, { worker: await world.startWorker({ SEAL_KEY_FILE: undefined }) });
  await allSealed();
  const anew = await verify('--checkpoint', checkpoint);
  expect([anew.code, anew.lines[0]]).toEqual([1, expect.stringMatching(/^seal\.rewritten: seal 2/)]);
  expect((await verify('--public-key', publicFile)).lines[0]).toMatch(/^seal\.unsigned: seal 2/);
});
