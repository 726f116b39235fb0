import type { OperationLedger } from '@tandem/history/ports/ledger.ts';
import { fail } from '@tandem/shared/domain/failure/failure.ts';

/** Longer than what one request takes: a few reads, and one write to the engine. */
const LEASE_MS = 60_000;
/** Kept as a margin for the latency to the engine. */
const MARGIN_MS = 6_000;
/** A lease cannot be released, but it can be shortened to this. */
const RELEASED_MS = 1;

export type RepositoryLeases = {
  readonly history: Pick<OperationLedger, 'takeLease'>;
  readonly newId: () => string;
  /** Monotonic milliseconds. */
  readonly now: () => number;
};

/**
 * Runs `work` while no other process registers that repository. `assertHeld` throws REPOSITORY_BUSY once another one may. REPOSITORY_BUSY,
 * HISTORY_UNREACHABLE, and as `work` rejects.
 */
export const underRepositoryLease = async <Result>(
  { history, newId, now }: RepositoryLeases,
  { clusterUuid, repository }: { readonly clusterUuid: string; readonly repository: string },
  work: (assertHeld: () => void) => Promise<Result>,
): Promise<Result> => {
  const [name, holder, takenAt] = [`repository ${clusterUuid}/${repository}`, newId(), now()];
  if (!(await history.takeLease(name, holder, LEASE_MS))) throw busy(repository);
  const assertHeld = () => {
    if (now() > takenAt + LEASE_MS - MARGIN_MS) throw busy(repository);
  };
  try {
    return await work(assertHeld);
  } finally {
    // it expires by itself, too
    await history.takeLease(name, holder, RELEASED_MS).catch(() => undefined);
  }
};

const busy = (repository: string) =>
  fail(
    'REPOSITORY_BUSY',
    `Another request registers repository ${JSON.stringify(repository)} now. Try again when it has ended, a minute from now at most.`,
    { repository },
  );
