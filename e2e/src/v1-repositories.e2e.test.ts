import { describe, expect, it } from 'vitest';
import { create, expectProblem, send } from './harness/requests/v1.ts';
import { useWorld } from './harness/world.ts';

const world = useWorld();
const REPOSITORY = 'registered-here';
const reason = 'a test';

type Item = {
  readonly repository: string;
  readonly settings: Readonly<Record<string, string>> | null;
  readonly recorded: { readonly backups: number; readonly settings: string } | null;
  readonly lastVerification: { readonly verified: boolean | null } | null;
  readonly isConfigured: boolean;
};

const list = async () => {
  const { status, json } = await send(world.api, 'GET', '/repositories');
  expect(status).toBe(200);
  return json as unknown as { readonly items: readonly Item[]; readonly engineFailure: unknown };
};
const item = async (name: string) => (await list()).items.find(({ repository }) => repository === name);
const put = (name: string, body: object) =>
  send(world.api, 'PUT', `/repositories/${name}`, { type: 'fs', reason, ...body });

const kindsOf = async (): Promise<readonly string[]> => {
  const kinds = 'repository.registering,repository.registered,repository.register-failed,repository.verified';
  const { json } = await send(world.api, 'GET', `/events?kind=${kinds}&limit=100`);
  const { items } = json as unknown as { readonly items: readonly { readonly kind: string }[] };
  return items.map(({ kind }) => kind.replace('repository.', '')).toReversed();
};

describe('repositories', () => {
  it('are registered in the engine, verified, listed, and left alone where nothing changes', async () => {
    const configured = (await list()).items.find(({ isConfigured }) => isConfigured);
    const settings = { location: `${configured?.settings?.location}-${REPOSITORY}`, compress: true };
    const made = await put(REPOSITORY, { settings });
    expect(made.status, made.text).toBe(200);
    expect(made.json).toMatchObject({ change: 'settings', backups: 0, verification: { verified: true } });
    expect(await item(REPOSITORY)).toMatchObject({
      ...{ settings: { location: settings.location, compress: 'true' }, recorded: null, isConfigured: false },
      lastVerification: { verified: true },
    });
    const kinds = await kindsOf();
    expect(kinds).toEqual(['registering', 'registered', 'verified']);
    expect((await put(REPOSITORY, { settings })).json).toMatchObject({ change: 'nothing', verification: null });
    expect(await kindsOf()).toEqual(kinds);
    const verified = await send(world.api, 'POST', `/repositories/${REPOSITORY}/verify`, {});
    expect(verified.json).toMatchObject({ verified: true, nodes: [expect.any(String)], failedNodes: [] });
  });

  it("are refused with the engine's own reason, and never hold a secret", async () => {
    const refused = await put('no-module', { type: 's3', settings: { bucket: 'b' } });
    expect(expectProblem(refused, 409, 'REPOSITORY_REFUSED')).toMatch(/s3/);
    const secret = await put('no-module', { type: 's3', settings: { bucket: 'b', secret_key: 'hush-hush' } });
    expect(expectProblem(secret, 400, 'REPOSITORY_SECRET')).toMatch(/s3\.client\.default\.secret_key/);
    expect(secret.text).not.toContain('hush-hush');
    expectProblem(await put('no-module', { type: 'hdfs', settings: {} }), 400, 'REQUEST_INVALID');
    expectProblem(await send(world.api, 'POST', '/repositories/no-module/verify', {}), 404, 'REPOSITORY_NOT_FOUND');
  });

  it('lead to another location than that of their backups with their name only', async () => {
    await create(world.api, 'here');
    await world.api.untilState('here', 'COMPLETED');
    const configured = (await list()).items.find(({ isConfigured }) => isConfigured);
    const name = configured?.repository ?? '';
    expect(configured?.recorded).toMatchObject({ backups: 1, settings: 'same' });
    const settings = { ...configured?.settings, location: `${configured?.settings?.location}-elsewhere` };
    const refused = await put(name, { settings });
    expect(expectProblem(refused, 409, 'REPOSITORY_NOT_CONFIRMED')).toMatch(/1 backups .* newest here/);
    expect((await item(name))?.settings).toEqual(configured?.settings);
    expect((await put(name, { settings, confirm: name })).json).toMatchObject({ change: 'location', backups: 1 });
    expect((await item(name))?.recorded).toMatchObject({ backups: 1, settings: 'changed' });
    expect((await put(name, { settings: configured?.settings })).json).toMatchObject({ change: 'settings' });
    expect((await item(name))?.recorded).toMatchObject({ settings: 'same' });
  });
});

it('stores the plan of a restore, whose lists are read page by page', async () => {
  const planned = await send(world.api, 'POST', '/restores/plan', { backupId: 'here', deleteExisting: true });
  const { planHash, counts, deletes, url } = planned.json as Record<string, never> & { readonly planHash: string };
  expect(url).toBe(`/api/v1/restores/plans/${planHash}`);
  const stored = await send(world.api, 'GET', `/restores/plans/${planHash}`);
  expect(stored.json).toEqual(planned.json);
  const items: unknown[] = [];
  let cursor: string | null = null;
  do {
    const more: string = cursor === null ? '' : `&cursor=${cursor}`;
    const { json } = await send(world.api, 'GET', `/restores/plans/${planHash}?list=delete&limit=2${more}`);
    const page = json as unknown as { readonly items: readonly unknown[]; readonly nextCursor: string | null };
    items.push(...page.items);
    cursor = page.nextCursor;
  } while (cursor !== null);
  expect(items).toEqual(deletes);
  expect(counts).toMatchObject({ delete: items.length });
  expectProblem(await send(world.api, 'GET', `/restores/plans/${'a'.repeat(64)}`), 404, 'PLAN_NOT_FOUND');
});
