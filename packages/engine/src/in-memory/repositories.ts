import { shownSettings } from '@tandem/shared/domain/repository/secret-settings.ts';
import type { NewRepository, RegisteredRepository, SearchEngine } from '../port.ts';
import { settingsDigestOf } from '../rest/replies/cluster.ts';
import { requirePlainName } from '../rest/request-rules.ts';
import { type InMemoryCalls, refuse } from './calls.ts';
import type { World, WorldRepository } from './world.ts';

export const newRepository = (location: string): WorldRepository => ({
  uuid: undefined,
  isUuidOfBefore: false,
  location,
  settings: {},
  broken: undefined,
  readOnly: undefined,
  unwritable: undefined,
  unableNodes: [],
  maxSnapshots: undefined,
  snapshots: new Map(),
});

/** Without removing it first: the snapshots of the location before stay there. */
export const registerAt = (
  world: World,
  name: string,
  location: string,
  settings: Readonly<Record<string, string>>,
): void => {
  const repository = world.repositories.get(name);
  if (repository === undefined) {
    const left = world.locations.get(location);
    world.repositories.set(name, { ...newRepository(location), ...left, settings });
    return;
  }
  if (repository.location === location) {
    world.repositories.set(name, { ...repository, settings });
    return;
  }
  world.locations.set(repository.location, repository);
  const empty = { uuid: repository.uuid, isUuidOfBefore: true, snapshots: new Map() };
  const { uuid, isUuidOfBefore, snapshots } = world.locations.get(location) ?? empty;
  world.repositories.set(name, { ...repository, location, settings, uuid, isUuidOfBefore, snapshots });
};

/** As `RepositoryInfo` has it. */
export const digestOfLocation = (location: string): string => settingsDigestOf('fs', { location });

const registered = ([name, repository]: readonly [string, WorldRepository]): RegisteredRepository => {
  const { uuid, location, settings, readOnly } = repository;
  const all = { location, ...settings };
  return { name, type: 'fs', uuid, settingsDigest: digestOfLocation(location), readOnly, ...shownSettings('fs', all) };
};

const isUsed = ({ snapshots }: WorldRepository): boolean =>
  [...snapshots.values()].some(({ facts }) => facts.state === 'IN_PROGRESS');

/** Only fs repositories exist in memory. */
const put = (world: World, { name, type, settings }: NewRepository): void => {
  requirePlainName('repository name', name);
  const { location, readonly, max_number_of_snapshots: max, ...others } = settings;
  if (type !== 'fs') refuse('REPOSITORY_REFUSED', 'putRepository', `repository type ${type} does not exist`);
  const at = location || refuse('REPOSITORY_REFUSED', 'putRepository', 'the setting location is missing');
  const known = world.repositories.get(name);
  if (known !== undefined && isUsed(known))
    refuse('REPOSITORY_REFUSED', 'putRepository', 'a snapshot uses the repository');
  const kept = { ...others, ...(readonly && { readonly }), ...(max && { max_number_of_snapshots: max }) };
  registerAt(world, name, at, kept);
  const now = world.repositories.get(name);
  if (now === undefined) return;
  now.readOnly = readonly === 'true' ? 'its setting readonly is true' : undefined;
  now.maxSnapshots = max === undefined ? undefined : Number(max);
};

/** The part of the port that registers repositories. */
export const inMemoryRepositories = (
  { call }: InMemoryCalls,
  { world }: { readonly world: World },
): Pick<SearchEngine, 'listRepositories' | 'putRepository'> => ({
  listRepositories: () =>
    call('listRepositories', '', () =>
      [...world.repositories].sort(([one], [other]) => (one < other ? -1 : 1)).map(registered),
    ),
  putRepository: (repository) => call('putRepository', repository.name, () => put(world, repository)),
});
