import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import { AcceptedRepository } from '@tandem/shared/contract/repositories.ts';
import { expect, it } from 'vitest';
import { acceptRepository } from './accept-repository.ts';

const actor = { kind: 'anonymous', address: '127.0.0.1' } as const;
const context = {
  ...{ actor, requestId: 'r', role: 'admin' as const, idempotencyKey: undefined, lastEventId: undefined },
  signal: new AbortController().signal,
};
const location = { clusterUuid: 'c', repository: 'backups', repositoryUuid: 'u', settingsDigest: 'd' };
const event = { kind: 'repository.changed', actor, source: 'worker' } as const;
const id = '00000000-0000-4000-8000-000000000001';

const setUp = (clusterUuid = 'c') => {
  const history = inMemoryHistory({ now: () => new Date('2026-01-01T00:00:00Z') });
  const info = { kind: 'elasticsearch', version: '8.19.21', newestReadable: 1, major: 8, clusterUuid } as const;
  const accept = (name: string) =>
    acceptRepository(
      { history, facts: { engine: async () => info }, newId: () => id },
      { name, reason: 'lost' },
      context,
    );
  return { history, accept };
};

it('accepts a repository that was found changed, and requests a comparison', async () => {
  const { history, accept } = setUp();
  await history.noteChangedRepository({ location, missing: 3, settings: 'changed' }, event);
  expect(AcceptedRepository.parse(await accept('backups'))).toEqual({
    ...{ repository: 'backups', clusterUuid: 'c', repositoryUuid: 'u', noticedAt: '2026-01-01T00:00:00.000Z' },
    ...{ missing: 3, settings: 'changed', reconciliationId: id },
  });
  expect(await history.findReconciliation(undefined)).toMatchObject({ id, trigger: 'request', endedAt: undefined });
  const [recorded] = await history.searchEvents({ kinds: ['repository.accepted'] }, undefined, 1);
  expect(recorded).toMatchObject({ actor, reason: 'lost', requestId: 'r' });
  await expect(accept('backups')).rejects.toMatchObject({
    ...{ code: 'REPOSITORY_NOT_CHANGED', message: 'Repository "backups" was accepted at 2026-01-01T00:00:00.000Z.' },
  });
});

it.each([
  ['of a name that was not found changed', 'c', 'others'],
  ['of another cluster', 'd', 'backups'],
])('does not accept one %s', async (_, clusterUuid, name) => {
  const { history, accept } = setUp(clusterUuid);
  await history.noteChangedRepository({ location, missing: 3, settings: 'changed' }, event);
  await expect(accept(name)).rejects.toMatchObject({ code: 'REPOSITORY_NOT_CHANGED', data: { repository: name } });
  expect(await history.findReconciliation(undefined)).toBeUndefined();
});
