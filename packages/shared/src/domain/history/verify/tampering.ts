/**
 * What a verification found: what, where, and the seal since which it cannot be trusted, where one says so. The table is the list of all
 * there is to find.
 */
export const TAMPERINGS = {
  'event.changed': 'events are not what was sealed',
  'event.removed': 'a sealed event is gone',
  'event.inserted': 'an event was put among sealed ones',
  'event.repeated': 'an event is there twice',
  'seal.changed': 'a seal is not what its hash says',
  'seal.removed': 'a seal is gone',
  'seal.unchained': 'a seal does not continue the one before',
  'seal.rewritten': 'a seal is another than in the checkpoint',
  'seal.truncated': 'seals of the checkpoint are gone from the end',
  'seal.unsigned': 'a seal has no signature',
  'seal.forged': 'a signature is not of the given key',
  'export.changed': 'a file is not as it was exported',
  'backup.removed': 'a backup that has events is gone',
  'backup.inserted': 'a backup has no events',
  'backup.changed': 'a backup disagrees with its events',
} as const;
export type TamperingKind = keyof typeof TAMPERINGS;

export const TAMPERING_KINDS = Object.keys(TAMPERINGS) as [TamperingKind, ...TamperingKind[]];

export type Tampering = {
  readonly kind: TamperingKind;
  /** For messages: which event, seal or backup, and what of it. */
  readonly where: string;
  /** The first seal that is concerned. */
  readonly seal: number | undefined;
};

/** One line for people: the kind, what is affected, what that means, and the seal since which nothing can be trusted, if known. */
export const tamperingLine = ({ kind, where, seal }: Tampering): string =>
  `${kind}: ${where} (${TAMPERINGS[kind]}${seal === undefined ? '' : `, since seal ${seal}`})`;
