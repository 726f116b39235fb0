import type { Engine } from '@tandem/engine/port.ts';
import type { History } from '@tandem/history/ports/history.ts';
import type { RedisFacts } from '@tandem/shared/domain/doctor/facts.ts';
import type { SettingsFacts } from '@tandem/shared/domain/doctor/settings-findings.ts';
import type { Sleep } from '@tandem/shared/domain/time-limit.ts';

export type DoctorEngine = Pick<
  Engine,
  | 'info'
  | 'inspectNodes'
  | 'lackingRights'
  | 'createScratchIndex'
  | 'listIndices'
  | 'describeIndices'
  | 'deleteIndices'
  | 'capacity'
  | 'clusterConditions'
  | 'readRepository'
  | 'verifyRepository'
  | 'listSnapshots'
  | 'findSnapshots'
  | 'startSnapshot'
  | 'deleteSnapshot'
  | 'readOptimizeMetadata'
> & {
  /** As the adapter compares its addresses. */
  readonly checkAddresses: () => Promise<{
    readonly warnings: readonly string[];
    readonly refusal: string | undefined;
  }>;
};

export type DoctorHistorySource = Pick<
  History,
  'inspectDatabase' | 'readLine' | 'changedRepositories' | 'lastCluster' | 'listApiKeys'
>;

export type DoctorRedis = {
  readonly inspect: () => Promise<RedisFacts>;
  /** The history that owns the keys. */
  readonly owner: () => Promise<string | undefined>;
  readonly prefix: string;
};

/** Everything that the doctor asks. Undefined: the settings for it are invalid, so that it cannot be asked. */
export type DoctorSources = {
  readonly settings: SettingsFacts;
  readonly history: DoctorHistorySource | undefined;
  readonly redis: DoctorRedis | undefined;
  readonly engine: DoctorEngine | undefined;
  readonly repository: string | undefined;
  readonly indexPrefix: string;
  readonly optimizeVersion: string | undefined;
  /** Max age of the workers' heartbeat. */
  readonly workerSeenWithinMs: number;
  /** Tandem's own version. */
  readonly tandemVersion: string;
  readonly newId: () => string;
  /** This machine's clock. */
  readonly now: () => Date;
  readonly sleep: Sleep;
  /** Called with what goes on after the report: deleting what a late trial created. */
  readonly afterwards?: (work: Promise<unknown>) => void;
  /** Replaces every secret in a text. */
  readonly withoutSecrets: (text: string) => string;
};
