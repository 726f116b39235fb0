import type { EngineInfo } from '@tandem/engine/port.ts';
import type { BackupCompatibility } from '@tandem/shared/contract/compatibility.ts';
import type { Decider, EngineVerdict } from '@tandem/shared/domain/backup/state/compatible-engines.ts';
import { versionName } from '@tandem/shared/domain/backup/state/engine-releases.ts';
import { isFailure } from '@tandem/shared/domain/failure/failure.ts';

/** The engine, or why it is not known. */
export type Attempted<Value> =
  | { readonly value: Value; readonly why?: never }
  | { readonly value?: never; readonly why: string };

/** A failure is a value here: what does not need the engine is answered without it. */
export const attempted = async <Value>(ask: () => Promise<Value>): Promise<Attempted<Value>> => {
  try {
    return { value: await ask() };
  } catch (error) {
    if (isFailure(error)) return { why: error.message };
    throw error;
  }
};

export const runningAnswer = ({ kind, version }: EngineInfo) => ({ engine: kind, version });

const deciderAnswer = ({ part, index, versionId }: Decider) => ({
  ...{ part, index: index ?? null, version: versionName(versionId), versionId },
});

export const verdictAnswer = ({ kind, major, restores, from, decidedBy, why }: EngineVerdict) =>
  ({
    ...{ engine: kind, major, restores, fromVersion: from ?? null },
    ...{ decidedBy: decidedBy ? deciderAnswer(decidedBy) : null, why: why ?? null },
  }) satisfies BackupCompatibility['engines'][number];
