import { rightsFinding } from '@tandem/shared/domain/doctor/engine-rights.ts';
import { type Finding, notKnown } from '@tandem/shared/domain/doctor/finding.ts';
import type { CheckRun } from './perform.ts';
import type { Usable } from './repository.ts';
import { tryScratch } from './scratch.ts';
import type { DoctorEngine, DoctorSources } from './sources.ts';

/** Creating, saving and deleting a small index, and removing what earlier runs left. */
const TRIAL_MS = 35_000;

const REHEARSALS = 'tandem-rehearsal-*';

/** As the engine's security says; where it does not, what can be tried is tried. */
export const privilegesRun = (sources: DoctorSources, engine: DoctorEngine, usable: Usable): CheckRun => ({
  checks: ['engine-privileges'],
  withinMs: TRIAL_MS,
  run: async (): Promise<readonly Finding[]> => {
    const { repository, indexPrefix } = sources;
    const lacking = await engine.lackingRights([`${indexPrefix}-*`, REHEARSALS]);
    if (lacking !== undefined) return [rightsFinding(lacking)];
    const hindrance = repository === undefined ? 'no repository is set' : await usable;
    if (repository === undefined || hindrance !== undefined) return [notTried(hindrance ?? '')];
    return [await tryScratch(sources, engine, repository)];
  },
});

const notTried = (why: string): Finding =>
  notKnown(
    'engine-privileges',
    `The engine does not list privileges, and nothing could be tried: ${why}.`,
    'Fix the repository first; docs/security.md lists what the user needs.',
  );
