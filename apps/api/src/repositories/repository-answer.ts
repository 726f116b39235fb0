import type { RegisteredRepository } from '@tandem/engine/port.ts';
import type {
  BackupsInRepository,
  ChangedRepository,
  RepositoryVerification,
} from '@tandem/history/ports/repositories.ts';
import type {
  SnapshotRepository,
  RepositoryVerification as Verification,
} from '@tandem/shared/contract/repositories.ts';
import { compareSettings } from '@tandem/shared/domain/repository/repository-identity.ts';
import type { VerificationResult } from '@tandem/shared/domain/repository/verification.ts';

/** As /api/v1 shows it. */
export const verificationAnswer = ({ reason, ...result }: VerificationResult, at: Date): Verification => ({
  ...result,
  reason: reason ?? null,
  at: at.toISOString(),
});

/** What is known of one repository. */
export type KnownRepository = {
  readonly clusterUuid: string;
  readonly repository: string;
  readonly isConfigured: boolean;
  /** Undefined: the engine does not know it. Null: the engine was not read, or is another cluster. */
  readonly registered: RegisteredRepository | undefined | null;
  readonly backups: BackupsInRepository | undefined;
  readonly changed: ChangedRepository | undefined;
  readonly verification: RepositoryVerification | undefined;
};

export const repositoryAnswer = (known: KnownRepository): SnapshotRepository => {
  const { clusterUuid, repository, isConfigured, registered, verification } = known;
  return {
    ...{ repository, clusterUuid, isConfigured },
    isRegistered: registered === null ? null : registered !== undefined,
    type: registered?.type ?? null,
    settings: registered?.settings ?? null,
    secretSettings: registered?.secretSettings ?? [],
    readOnly: registered?.readOnly ?? null,
    repositoryUuid: registered?.uuid ?? null,
    recorded: recordedAnswer(known),
    changed: changedAnswer(known.changed),
    lastVerification: verification ? verificationAnswer(verification.result, verification.at) : null,
  };
};

const recordedAnswer = ({ clusterUuid, repository, registered, backups }: KnownRepository) => {
  if (backups === undefined) return null;
  const { backupId: newestBackupId, repositoryUuid, settingsDigest } = backups.newest;
  const at = (digest: string | undefined) => ({
    ...{ clusterUuid, repository, repositoryUuid: undefined, settingsDigest: digest },
  });
  return {
    backups: backups.backups,
    newestBackupId,
    repositoryUuid: repositoryUuid ?? null,
    settings: compareSettings(at(settingsDigest), at(registered?.settingsDigest)),
  };
};

const changedAnswer = (changed: ChangedRepository | undefined) =>
  changed
    ? {
        noticedAt: changed.noticedAt.toISOString(),
        missing: changed.missing,
        acceptedAt: changed.acceptedAt?.toISOString() ?? null,
      }
    : null;
