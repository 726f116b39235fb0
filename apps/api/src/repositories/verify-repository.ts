import type { SearchEngine } from '@tandem/engine/port.ts';
import type { RepositoryHistory } from '@tandem/history/ports/repositories.ts';
import type { RepositoryVerification, VerifyRepositoryRequest } from '@tandem/shared/contract/repositories.ts';
import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import {
  failedVerification,
  type VerificationResult,
  verifiedBy,
} from '@tandem/shared/domain/repository/verification.ts';
import type { RequestContext } from '../http/route.ts';
import { verificationAnswer } from './repository-answer.ts';

export type VerifyRepository = {
  readonly engine: Pick<SearchEngine, 'info' | 'verifyRepository'>;
  readonly history: Pick<RepositoryHistory, 'noteVerification'>;
};

/**
 * Has every node write into the repository and read it back, and records the result. A repository that a node cannot use is a result, not a
 * failure. REPOSITORY_NOT_FOUND, HISTORY_UNREACHABLE, and as `SearchEngine.info` rejects.
 */
export const verifyRepository = async (
  { engine, history }: VerifyRepository,
  { name, reason }: VerifyRepositoryRequest,
  { actor, requestId }: RequestContext,
): Promise<RepositoryVerification> => {
  const { clusterUuid } = await engine.info();
  const result = await resultOf(engine, name);
  const where = { clusterUuid, repository: name };
  const at = await history.noteVerification(where, result, {
    ...{ kind: 'repository.verified', actor, source: 'api', requestId },
    ...omitUndefined({ reason }),
    after: { ...where, ...result },
  });
  return verificationAnswer(result, at);
};

const resultOf = async (engine: VerifyRepository['engine'], name: string): Promise<VerificationResult> => {
  try {
    return verifiedBy(await engine.verifyRepository(name));
  } catch (error) {
    const result = failedVerification(error);
    if (result !== undefined) return result;
    if (isFailure(error, 'REPOSITORY_UNKNOWN'))
      throw fail(
        'REPOSITORY_NOT_FOUND',
        `The engine has no repository ${JSON.stringify(name)}: GET /api/v1/repositories lists those that it has.`,
        { repository: name },
      );
    throw error;
  }
};
