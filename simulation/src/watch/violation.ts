/** A promise that was broken, and how. */
export class Violation extends Error {
  override readonly name = 'Violation';
  readonly property: Property;

  constructor(property: Property, message: string) {
    super(message);
    this.property = property;
  }
}

export const PROPERTIES = {
  ends: 'every operation ends, no backup stays IN_PROGRESS, and one is FAILED only after a terminal fault',
  planned: 'exactly the planned snapshots exist: one for each part, as recorded',
  order: 'part 2 is never created before part 1 was SUCCESS',
  fresh: 'what was there when part 1 ended is in part 2',
  slots: 'creates of a repository never exceed their slots, and get them in the order they were accepted',
  events: 'events are complete and in order',
  fenced: 'a worker that was overtaken writes nothing, and one claim holds at a time',
  leased: 'whatever changes the engine is sent only under a living lease, with its intent recorded',
  attempts: 'attempts are numbered 1 to n',
  answered: 'an id is accepted once until it is deleted, and who was answered 200 has that backup',
  quiet: 'a tick rejects only where PostgreSQL does not answer, and nothing unforeseen is thrown',
  owned: 'only snapshots that are recorded or name our operation are deleted',
  settled: 'once a deletion ended well, only a process that was stopped makes another snapshot of it',
  gone: 'nothing is left in the end of what was deleted or cancelled',
  unchanged: 'what was cancelled or deleted does not change any more',
  shared:
    'no backup is COMPLETED as verified while a node cannot use the repository, or with what was made before one was found that could not',
  foreign: 'no index of another installation or component is in a backup, deleted or overwritten',
  chosen: 'a restore of chosen indices deletes and restores none but these',
  own: 'no index is deleted or overwritten but those that were planned with, or that the restore itself made',
  saved:
    'no document is deleted by a restore unless it is in a complete safety backup, in the snapshot that it came from, or accepted as unsaved',
  plan: 'what an operator reviewed is what runs, or nothing does',
  timely: 'a restore that made no progress for too long never begins',
  restored: 'what counts as restored is there, made by that restore, with what the backup holds',
  written: 'what was written to a restored index before its restore ended is never deleted by it',
  proof: 'a proof is written only for a rehearsal that went well, and a doubt where the backup is at fault',
  alone: 'one restore into a cluster at a time',
  detected:
    'a database that was put back is detected where a mark that can be read shows it, and nothing else is taken for it',
  suspended:
    'what nobody claimed for too long, or was open when the database was put back, writes nothing to the engine until it is released',
  moves:
    'once the clock of PostgreSQL is right again, or while one process is cut off, nothing stands still for longer than its wait',
  identity:
    'nothing is concluded from a repository that is registered to another location before an operator accepts it',
  compared:
    'a reconciliation writes down only what was so while it ran, nothing of what is under way, and nothing where nothing has changed',
  read: 'a reader gets no state that was not true at some moment of the read',
  sealed: 'seals are chained, and hold every event that was committed once',
  exclusive: 'no backup is taken while a restore in place is open, but its safety backup',
} as const;
export type Property = keyof typeof PROPERTIES;
