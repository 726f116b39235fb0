import type { Scene } from '../../scenario/scene.ts';
import { newDocuments } from '../documents.ts';
import type { RestoreScenario } from '../restore-scenario.ts';
import { drawFailedManifests } from './failed-manifests.ts';
import type { Sender, WatchedRestore } from './watched-restore.ts';

/** What harmed a restore, and excuses its failure. */
export type Harm = 'stranger' | 'rotted' | 'altered' | 'replaced' | 'late' | 'written';

/** What the parts of the watch over restores share. */
export type WatchingRestores = ReturnType<typeof newWatching>;

export const newWatching = (world: Scene, scenario: RestoreScenario) => ({
  world,
  scenario,
  /** Whoever wants to know that something happened to a restore. */
  events: {
    onChange: (_restore: WatchedRestore): void => undefined,
    /** The first of them was accepted. */
    onFirst: (): void => undefined,
    /** What it is going to delete was measured. */
    onMeasured: (_restore: WatchedRestore): void => undefined,
  },
  documents: newDocuments(world),
  /** By operation id, in the order they were accepted. */
  all: new Map<string, WatchedRestore>(),
  harms: new Set<Harm>(),
  /** Uuids of indices that another client made, and their names. */
  strangers: new Map<string, string>(),
  /** When an index of that name was made or deleted behind a restore's back. */
  disturbed: new Map<string, number>(),
  manifests: drawFailedManifests(scenario.base.seed),
  /** Rehearsals that wrote a full proof. */
  proven: new Set<string>(),
  /** What the backup holds: documents by index. */
  truth: new Map<string, number>(),
  /** The templates as a restore with templates leaves them: ours as saved, those of neighbours as they are. */
  templates: { text: '' },
  /** Uuids of restored indices whose block was lifted by hand before their restore had ended. */
  touched: new Set<string>(),
  /** When a restored index was first written to, by uuid, before its restore had ended. */
  written: new Map<string, number>(),
  /** When the record of a restore was last read, by operation: who read it could not know of a retry since. */
  readAt: new Map<string, number>(),
  /** When it showed that an index belongs to another installation, by name. */
  shown: new Map<string, number>(),
  senders: new WeakMap<object, Sender>(),
  restarts: { count: 0 },
  absences: { count: 0 },
});
