/**
 * What a create operation remembers of each part's creates besides the part itself; kept in the operation's detail. Times are the
 * database's.
 */
export type CreateMemory = {
  /** When the last create was about to be sent. */
  readonly sentAt: Date | undefined;
  /** Whether the engine accepted it. */
  readonly accepted: boolean;
  /** How often an accepted one was gone at a later look. */
  readonly vanished: number;
  /** Whether a look missed it after it had ended well. */
  readonly missed: boolean;
  /** The uuid of the one that the create was given up for, since it had ended well and not as planned. */
  readonly differed: string | undefined;
  /** Whether a node could not use the repository then: what comes of the creates so far may lie on that node's own disk, and is not kept. */
  readonly distrusted: boolean;
};

const nothing: CreateMemory = {
  ...{ sentAt: undefined, accepted: false, vanished: 0, missed: false, differed: undefined, distrusted: false },
};

type Detail = Readonly<Record<string, unknown>>;

const keyOf = (part: number): string => `part${part}`;

export const readMemory = (detail: Detail, part: number): CreateMemory => {
  const kept = detail[keyOf(part)];
  if (typeof kept !== 'object' || kept === null) return nothing;
  const { sentAt, accepted, vanished, missed, differed, distrusted } = kept as Detail;
  return {
    sentAt: typeof sentAt === 'string' ? new Date(sentAt) : undefined,
    accepted: accepted === true,
    vanished: typeof vanished === 'number' ? vanished : 0,
    missed: missed === true,
    differed: typeof differed === 'string' ? differed : undefined,
    distrusted: distrusted === true,
  };
};

/** As the operation's detail keeps it. */
export const writeMemory = (part: number, { sentAt, ...memory }: CreateMemory): Detail => ({
  [keyOf(part)]: { sentAt: sentAt?.toISOString(), ...memory },
});
