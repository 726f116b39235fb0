import { rightsFinding } from '@tandem/shared/domain/doctor/engine-rights.ts';
import type { Finding } from '@tandem/shared/domain/doctor/finding.ts';
import { scratchName } from '@tandem/shared/domain/doctor/scratch.ts';
import { lateTrial, notTried } from '@tandem/shared/domain/doctor/trial-findings.ts';
import { withTimeLimit } from '@tandem/shared/domain/time-limit.ts';
import { CHECK_MS, type CheckRun, within } from './perform.ts';
import type { Usable } from './repository.ts';
import { tryScratch } from './scratch.ts';
import type { DoctorEngine, DoctorSources } from './sources.ts';

/** Creating, saving and deleting a small index, and removing what earlier runs left. */
export const TRIAL_MS = 35_000;

const REHEARSALS = 'tandem-rehearsal-*';

/** As the engine's security says; where it does not, what can be tried is tried. */
export const privilegesRun = (sources: DoctorSources, engine: DoctorEngine, usable: Usable): CheckRun => ({
  checks: ['engine-privileges'],
  // both parts have limits of their own
  withinMs: CHECK_MS + TRIAL_MS + 1_000,
  run: async (): Promise<readonly Finding[]> => {
    const { repository, sleep } = sources;
    const known = await within(sleep, CHECK_MS, () => beforeTrial(sources, engine, usable));
    if (known !== undefined || repository === undefined) return [known ?? notTried('no repository is set')];
    return [await limitedTrial(sources, engine, repository)];
  },
});

/** Undefined: it can and should be tried. */
const beforeTrial = async (
  { repository, indexPrefix, history }: DoctorSources,
  engine: DoctorEngine,
  usable: Usable,
): Promise<Finding | undefined> => {
  const lacking = await engine.lackingRights([`${indexPrefix}-*`, REHEARSALS]);
  if (lacking !== undefined) return rightsFinding(lacking);
  if (repository === undefined) return notTried('no repository is set');
  const hindrance = await usable;
  if (hindrance !== undefined) return notTried(hindrance);
  // another check reports that PostgreSQL does not respond
  const line = await history?.readLine([]).catch(() => undefined);
  return line?.rollback === undefined ? undefined : notTried('PostgreSQL was rolled back to an earlier state');
};

const limitedTrial = (sources: DoctorSources, engine: DoctorEngine, repository: string): Promise<Finding> => {
  const name = scratchName(sources.indexPrefix, sources.now(), sources.newId());
  const late = new AbortController();
  const trial = tryScratch({ sources, engine, repository, name, late: late.signal });
  return withTimeLimit(sources.sleep, TRIAL_MS, trial, () => {
    late.abort();
    sources.afterwards?.(trial);
    return lateTrial({ scratch: name, repository }, TRIAL_MS);
  });
};
