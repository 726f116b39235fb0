import { nameList } from '../name-list.ts';
import type { LackingRights } from './facts.ts';
import { type Finding, failed, ok, warn } from './finding.ts';

/** What a privilege is needed for. Without those for backups none is taken. */
type Need = 'backups' | 'verified repositories' | 'deletions' | 'manifests' | 'restores';

/** Privileges of Elasticsearch's security, as docs/security.md explains them. */
export const CLUSTER_RIGHTS: Readonly<Record<string, Need>> = {
  monitor: 'backups',
  create_snapshot: 'backups',
  'cluster:admin/repository/verify': 'verified repositories',
  'cluster:admin/snapshot/delete': 'deletions',
  manage_index_templates: 'manifests',
  read_ilm: 'manifests',
  'cluster:admin/snapshot/restore': 'restores',
};

export const INDEX_RIGHTS: Readonly<Record<string, Need>> = {
  view_index_metadata: 'backups',
  monitor: 'backups',
  read: 'manifests',
  maintenance: 'manifests',
  manage: 'restores',
  delete_index: 'restores',
};

const CHECK = 'engine-privileges';
const REMEDY = "Grant them to the engine's user; docs/security.md has a role with all of them.";

/** A failure only if backups need what is lacking. */
export const rightsFinding = ({ cluster, indices }: LackingRights): Finding => {
  const lacking = [
    ...cluster.map((right) => ({ right, need: CLUSTER_RIGHTS[right] })),
    ...indices.map(({ pattern, privilege }) => ({
      right: `${privilege} on ${pattern}`,
      need: INDEX_RIGHTS[privilege],
    })),
  ];
  if (lacking.length === 0) return ok(CHECK, 'The user has every privilege that docs/security.md lists.');
  const evidence = { lacking: lacking.map(({ right }) => right) };
  const forBackups = lacking.filter(({ need }) => need === 'backups').map(({ right }) => right);
  if (forBackups.length > 0)
    return failed(CHECK, `The user lacks what backups need: ${nameList(forBackups)}.`, REMEDY, evidence);
  const needs = [...new Set(lacking.map(({ need }) => need ?? 'restores'))].join(', ');
  const rights = nameList(lacking.map(({ right }) => right));
  return warn(CHECK, `The user lacks ${rights}: no ${needs}.`, REMEDY, evidence);
};
