/**
 * What a create operation remembers about the creates of each part, in addition to the part itself; stored in the operation's detail. Times are the
 * database's.
 */
export type CreateMemory = {
  /** When the last create was about to be sent. */
  readonly sentAt: Date | undefined;
  /** Whether the engine accepted it. */
  readonly accepted: boolean;
  /** How often an accepted one was missing at a later poll. */
  readonly vanished: number;
  /** Whether a poll did not find it after it had succeeded. */
  readonly missed: boolean;
  /** How often one ended FAILED or PARTIAL in a state of the engine that passes by itself. */
  readonly interrupted: number;
  /** How often one was removed, to be re-created because it began before the previous part had ended. */
  readonly early: number;
  /** The uuid of the snapshot for which the create was abandoned: it succeeded, but not as planned. */
  readonly differed: string | undefined;
  /** Whether a node could not use the repository then: what comes of the creates so far may lie on that node's own disk, and is not kept. */
  readonly distrusted: boolean;
};

/** Of a part that is made again from the beginning. */
export const nothingYet = {
  vanished: 0,
  missed: false,
  interrupted: 0,
  early: 0,
  differed: undefined,
  distrusted: false,
};

const nothing: CreateMemory = { sentAt: undefined, accepted: false, ...nothingYet };

type Detail = Readonly<Record<string, unknown>>;

const keyOf = (part: number): string => `part${part}`;

/**
 * What the operation's detail remembers of a part; nothing for a part that was not started. Fields of other types, as of another version,
 * count as absent.
 */
export const readMemory = (detail: Detail, part: number): CreateMemory => {
  const kept = detail[keyOf(part)];
  if (typeof kept !== 'object' || kept === null) return nothing;
  const { sentAt, accepted, vanished, missed, interrupted, early, differed, distrusted } = kept as Detail;
  return {
    sentAt: typeof sentAt === 'string' ? new Date(sentAt) : undefined,
    accepted: accepted === true,
    vanished: countOf(vanished),
    missed: missed === true,
    interrupted: countOf(interrupted),
    early: countOf(early),
    differed: typeof differed === 'string' ? differed : undefined,
    distrusted: distrusted === true,
  };
};

const countOf = (kept: unknown): number => (typeof kept === 'number' ? kept : 0);

/** The part of the operation's detail that `readMemory` reads. */
export const writeMemory = (part: number, { sentAt, ...memory }: CreateMemory): Detail => ({
  [keyOf(part)]: { sentAt: sentAt?.toISOString(), ...memory },
});

/** What to change of the detail so that these parts, which were missed and are seen again, no longer count as missed. */
export const seenAgain = (detail: Detail, parts: readonly number[]): Detail =>
  Object.fromEntries(
    parts
      .map((part) => ({ part, memory: readMemory(detail, part) }))
      .filter(({ memory }) => memory.missed)
      .flatMap(({ part, memory }) => Object.entries(writeMemory(part, { ...memory, missed: false }))),
  );
