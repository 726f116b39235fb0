import { type Failure, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { type ClusterChoice, chooseCluster } from './cluster-choice.ts';

type Addressed = { readonly url: string };

/** One of several addresses, as it was last compared. */
type Standing<Target> = {
  readonly url: string;
  readonly target: Target;
  /** The cluster that it led to. */
  reported: string | undefined;
  comparedAt: number;
  /** Why it could not be compared, and when it is tried first again. */
  failure: Failure | undefined;
  failures: number;
  restsUntil: number;
  comparing: Promise<void> | undefined;
};

export type AddressesOptions<Target> = {
  readonly targets: readonly Target[];
  /** The uuid of the cluster behind an address, from a request of its own. Rejects with a Failure. */
  readonly clusterAt: (target: Target) => Promise<string>;
  /** Reads the cluster recorded in the history: until one is chosen, and when an address reports another one. Undefined: none is recorded. */
  readonly recordedCluster: () => Promise<string | undefined>;
  readonly now: () => number;
};

export type EngineAddresses<Target> = {
  /**
   * The next address, round-robin, that leads to the chosen cluster and is not among `tried`. It was compared recently; with `compareNow`,
   * after this call began. Undefined: there is none.
   */
  next(tried: ReadonlySet<string>, compareNow: boolean): Promise<Target | undefined>;
  /** How many are known to be usable and are not among `tried`. */
  left(tried: ReadonlySet<string>): number;
  /** A request to it failed: it is compared before the next one. */
  doubt(url: string): void;
  /** Why each address is not used, by its URL. */
  refusals(): readonly { readonly url: string; readonly reason: string }[];
  /**
   * The clusters that the addresses lead to, if that rules out every address. Undefined: an address may be used, none answers, or the record
   * is unreadable.
   */
  elsewhere(): { readonly expected: string | undefined; readonly found: readonly string[] } | undefined;
  /** The most informative error of the last comparisons. */
  failure(): Failure | undefined;
  /** Compares all of them that are due. */
  compareAll(): Promise<ClusterChoice & { readonly isRecorded: boolean }>;
};

/** How long a comparison holds for reads. */
const FRESH_MS = 10_000;
const REST_FIRST_MS = 1_000;
const REST_MAX_MS = 30_000;
/** No cluster has this uuid: the record could not be read, so addresses are used only if all of them agree. */
const UNREADABLE = '';

/** Addresses of one cluster, used round-robin. Each is compared before its first use, after a failure, and every 10 s. */
export const engineAddresses = <Target extends Addressed>(
  options: AddressesOptions<Target>,
): EngineAddresses<Target> => {
  const { now, clusterAt, recordedCluster } = options;
  const all = options.targets.map(
    (target): Standing<Target> => ({
      ...{ url: target.url, target },
      reported: undefined,
      comparedAt: Number.NEGATIVE_INFINITY,
      failure: undefined,
      failures: 0,
      restsUntil: 0,
      comparing: undefined,
    }),
  );
  let turn = 0;
  /** The chosen cluster: the one last read from the history, or the one chosen since. */
  let known: string | undefined;
  let recorded: string | undefined;
  let choice: ClusterChoice = { chosen: undefined, why: 'unknown' };

  const isFresh = (one: Standing<Target>) => now() - one.comparedAt < FRESH_MS;
  const isResting = (one: Standing<Target>) => one.restsUntil > now();
  const isElsewhere = (one: Standing<Target>) => one.reported !== undefined && one.reported !== choice.chosen;
  const isUsable = (one: Standing<Target>) => choice.chosen !== undefined && one.reported === choice.chosen;

  const probe = async (one: Standing<Target>): Promise<void> => {
    try {
      const begun = now();
      one.reported = await clusterAt(one.target);
      Object.assign(one, { comparedAt: begun, failure: undefined, failures: 0, restsUntil: 0 });
    } catch (error) {
      if (!isFailure(error)) throw error;
      one.failures += 1;
      const restMs = Math.min(REST_FIRST_MS * 2 ** (one.failures - 1), REST_MAX_MS);
      Object.assign(one, { reported: undefined, failure: error, restsUntil: now() + restMs });
      one.comparedAt = Number.NEGATIVE_INFINITY;
    }
  };

  /** Concurrent callers share a comparison, unless they need one that begins later. */
  const compare = async (one: Standing<Target>, compareNow: boolean): Promise<void> => {
    if (one.comparing !== undefined) {
      await one.comparing;
      if (!compareNow) return;
    }
    one.comparing ??= probe(one).finally(() => {
      one.comparing = undefined;
    });
    await one.comparing;
  };

  /** A recorded cluster replaces the chosen one if the record is new or an address leads to it. Without a readable record the chosen one stays. */
  const learn = async (): Promise<void> => {
    const found = await recordedCluster().catch(() => UNREADABLE);
    if (found === undefined || found === UNREADABLE) {
      if (known === undefined || known === UNREADABLE) known = found;
      return;
    }
    if (found !== recorded || all.some(({ reported }) => reported === found)) known = found;
    recorded = found;
  };

  const choose = async (): Promise<ClusterChoice> => {
    if (choice.chosen === undefined || all.some(isElsewhere)) await learn();
    choice = chooseCluster(
      all.map(({ url, reported }) => ({ url, clusterUuid: reported })),
      known,
    );
    known = choice.chosen ?? known;
    return choice;
  };

  const compareDue = async (): Promise<void> => {
    await Promise.all(all.filter((one) => !isFresh(one) && !isResting(one)).map((one) => compare(one, false)));
  };

  const inTurn = (): readonly Standing<Target>[] => {
    const from = turn % all.length;
    turn += 1;
    const rotated = all.flatMap((_, at) => all[(from + at) % all.length] ?? []);
    return [...rotated.filter((one) => !isResting(one)), ...rotated.filter(isResting)];
  };

  const firstUsable = async (tried: ReadonlySet<string>, compareNow: boolean) => {
    for (const one of inTurn()) {
      if (tried.has(one.url)) continue;
      if (compareNow || !isFresh(one)) {
        await compare(one, compareNow);
        if (isElsewhere(one)) await choose();
      }
      if (isUsable(one)) return one;
    }
    return undefined;
  };

  return {
    async next(tried, compareNow) {
      if (choice.chosen === undefined) {
        await compareDue();
        await choose();
      }
      const found = await firstUsable(tried, compareNow);
      if (found !== undefined || tried.size > 0) return found?.target;
      // every address may lead to a cluster that replaced the recorded one
      await choose();
      return all.find(isUsable)?.target;
    },
    left: (tried) => all.filter((one) => isUsable(one) && !isResting(one) && !tried.has(one.url)).length,
    doubt(url) {
      const one = all.find((standing) => standing.url === url);
      if (one !== undefined) one.comparedAt = Number.NEGATIVE_INFINITY;
    },
    refusals: () => all.flatMap((one) => refusal(one, choice, known)),
    elsewhere() {
      const found = [...new Set(all.flatMap(({ reported }) => reported ?? []))];
      const isUnclear = choice.chosen !== undefined || known === UNREADABLE || found.length === 0;
      return isUnclear ? undefined : { expected: known, found };
    },
    failure: () => worstOf(all.flatMap(({ failure }) => failure ?? [])),
    async compareAll() {
      await compareDue();
      return { ...(await choose()), isRecorded: known !== undefined };
    },
  };
};

const refusal = (
  { url, reported, failure }: Standing<unknown>,
  choice: ClusterChoice,
  known: string | undefined,
): readonly { readonly url: string; readonly reason: string }[] => {
  if (failure !== undefined) return [{ url, reason: String(failure.data.reason ?? failure.message) }];
  if (reported === undefined || reported === choice.chosen) return [];
  return [{ url, reason: `leads to cluster ${reported}${expectedWords(known)}` }];
};

const expectedWords = (known: string | undefined): string => {
  if (known === UNREADABLE) return ', and PostgreSQL does not say which one is recorded';
  return known === undefined ? '' : `, not to ${known}`;
};

/** "Busy" or "credentials refused" is more informative than "unreachable". */
const worstOf = (failures: readonly Failure[]): Failure | undefined =>
  failures.find(({ code }) => code !== 'ENGINE_UNREACHABLE' && code !== 'ENGINE_TIMEOUT') ?? failures[0];
