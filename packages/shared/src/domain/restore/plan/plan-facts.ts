import type { BackupRecord } from '../../backup/backup.ts';
import type { Snapshot } from '../../backup/snapshot.ts';
import type { ReadingEngine } from '../../backup/state/compatibility.ts';
import type { OperationKind } from '../../operation/operation.ts';
import type { Ownership } from '../../ownership/index-ownership.ts';
import type { RepositoryChange } from '../../repository/repository-identity.ts';
import type { IndexFacts, UnreadTemplates } from '../manifest/index-facts.ts';
import type { Manifests } from '../manifest/manifest.ts';
import type { AliasOwner, ClusterConditions, EngineCapacity, StoredCopy } from './cluster-facts.ts';
import type { Rename } from './rename.ts';
import type { TemplateClass } from './templates/template-ownership.ts';

/** What the caller requests. `rename` undefined: in place, under the names as saved. */
export type RestoreRequest = {
  readonly rename: Rename | undefined;
  readonly deleteExisting: boolean;
  /** A version of Optimize that the set may have although another one runs. */
  readonly acceptVersion: string | undefined;
  /** Indices as saved; undefined: all that the backup holds. In place nothing but these is deleted or restored. */
  readonly only: readonly string[] | undefined;
  /** Restore even if the disks are estimated to be too small; that does not help if every node is above its low watermark. */
  readonly acceptDiskShort: boolean;
  /** Delete and restore although the last rehearsal of these indices could not read files of the snapshots. */
  readonly acceptFailedRehearsal?: boolean | undefined;
  /** Delete and restore although it was not recorded which version created the indices, and the engine may be unable to read them. */
  readonly acceptUnknownVersions?: boolean | undefined;
  /** Restore the chosen indices although they do not fit the ones that stay (selection.ts). */
  readonly acceptInconsistent?: boolean | undefined;
  /** Whether saved allocation settings are left out, so that any node may hold the indices. */
  readonly dropAllocation?: boolean | undefined;
  /** Indices that may be deleted although no safety backup holds them; absent: none. */
  readonly acceptUnsaved?: readonly string[] | undefined;
  /** A rehearsal: under other names next to the real indices, without replicas and aliases. */
  readonly copy: boolean;
  /** Indices that are ambiguous or unknown and are deleted all the same. */
  readonly deleteUnknown: readonly string[];
  /** Indices that are ambiguous or unknown and are left alone: what the backup holds under their names is not restored. */
  readonly keepUnknown: readonly string[];
};

export type PlannedIndex = {
  readonly part: number;
  /** As saved. */
  readonly index: string;
  /** As restored. */
  readonly as: string;
  /** From the manifest, if known: what the index held right after its part was saved. */
  readonly documents: number | null;
  readonly bytes: number | null;
};

export type TemplatesPlan = {
  /** As `kind/name`: saved with the backup, and not in the engine. */
  readonly missing: readonly string[];
  /** In the engine, and not as saved. */
  readonly changed: readonly string[];
  /** Missing or changed as well, and never put back: not ours, or not certainly ours and there (template-ownership.ts). */
  readonly leftOut: readonly { readonly template: string; readonly why: TemplateClass }[];
  /** Kinds that could not be read when the backup was saved, or cannot be read now: not compared, and not put back. Absent: none. */
  readonly unknown?: readonly (UnreadTemplates & { readonly when: 'saved' | 'now' })[];
};

/** Where the safety backup is to be taken. */
export type SafetyRepository = {
  readonly repository: string;
  /** Why none can be taken there; undefined: nothing is known that forbids it. */
  readonly trouble: string | undefined;
  /** What it lacks, where it is recorded as another repository: no backup is accepted into it. Absent: it is not. */
  readonly changed?: RepositoryChange | undefined;
  /** Snapshots that it still keeps; undefined: any number. */
  readonly snapshotsLeft: number | undefined;
};

export type OpenOperation = {
  readonly operationId: string;
  readonly kind: OperationKind;
  readonly suspended: boolean;
};

/** All that a plan is made from, as it was seen at one time. */
export type PlanFacts = {
  readonly backup: BackupRecord;
  /** What the names of the indices of the Optimize begin with that is configured. */
  readonly ownPrefix: string;
  readonly engine: ReadingEngine & { readonly clusterUuid: string };
  /**
   * `trouble`: it cannot be used; `unwritable`: it can be read, and not be written; `unverified`: why that was not found out; `uuid`
   * undefined: the engine gives none.
   */
  readonly repository: {
    readonly uuid: string | undefined;
    readonly trouble: string | undefined;
    readonly unwritable: string | undefined;
    readonly unverified?: string | undefined;
  };
  /** Undefined: no safety backup is to be taken. */
  readonly saving: SafetyRepository | undefined;
  /** What it holds under the names of the parts. */
  readonly seen: readonly Snapshot[];
  /** Whose the indices are that the backup holds and that are in the engine under its prefix (restore-ownership.ts). */
  readonly ownership: Ownership;
  /** Names of the indices in the engine that begin with the backup's prefix, whoever owns them. */
  readonly listed: readonly string[];
  /** In place without `only`: all indices of the prefix that are not provably foreign; otherwise those under a target name. */
  readonly existing: readonly Pick<IndexFacts, 'name' | 'uuid' | 'open' | 'primaries' | 'replicas'>[];
  /** Of those that would be deleted, by name; one that cannot be measured is not among them. Undefined: not allowed. */
  readonly operations: ReadonlyMap<string, number> | undefined;
  /** Undefined: not reported. */
  readonly runningSnapshots:
    | readonly {
        readonly repository: string;
        readonly name: string;
        readonly indices: readonly string[];
      }[]
    | undefined;
  readonly openCreates: readonly { readonly operationId: string; readonly backupId: string }[];
  readonly openRestore: { readonly operationId: string; readonly backupId: string } | undefined;
  /** The open operation of the backup, SUSPENDED or not. */
  readonly openOperation: OpenOperation | undefined;
  readonly capacity: EngineCapacity;
  readonly conditions: ClusterConditions;
  /** Of what exists, where it may be deleted; undefined: not reported. */
  readonly existingCopies: readonly StoredCopy[] | undefined;
  /** Of aliases that were saved, and of aliases with the name of a target; undefined: not reported. */
  readonly aliasOwners: readonly AliasOwner[] | undefined;
  /** Of the Optimize that will use the data, and where it was read. `unused`: another metadata index that exists as well. */
  readonly runningVersion:
    | { readonly version: string; readonly source: string; readonly unused?: string | undefined }
    | undefined;
  /** Where Optimize answers; undefined: it does not, or no URL is configured. */
  readonly optimizeAnswersAt: string | undefined;
  /** By part. */
  readonly manifests: ReadonlyMap<number, Manifests>;
  /** Undefined: the backup has no template capsule. */
  readonly templates: TemplatesPlan | undefined;
  /** Saved index templates that the engine would refuse, each with the one that it overlaps. */
  readonly templateOverlaps: readonly string[];
  /** Of restores before; undefined: none was timed. */
  readonly bytesPerSecond: number | undefined;
};
