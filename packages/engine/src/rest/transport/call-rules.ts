import { isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { LEASED_CALLS } from '../../calls-port.ts';
import type { EngineCall } from '../failures/failure.ts';
import type { EngineRequest } from './http-client.ts';

/** Another address may still answer. */
export const isAway = (error: unknown): boolean =>
  isFailure(error, 'ENGINE_UNREACHABLE') ||
  isFailure(error, 'ENGINE_TIMEOUT') ||
  (isFailure(error, 'ENGINE_BUSY') && [502, 503, 504].includes(Number(error.data.status)));

/** The credentials, that is. */
export const isRejected = (error: unknown): boolean =>
  isFailure(error, 'ENGINE_FORBIDDEN') && error.data.status === 401;

export const isWrite = ({ method }: EngineRequest): boolean => method !== 'GET';
export const isLeased = (call: EngineCall): boolean => LEASED_CALLS.some((leased) => leased === call);

/** The connection broke, or the reply is not that of the known kind: the engine may have been replaced or upgraded. */
export const mayBeAnother = (failure: unknown): boolean =>
  isAway(failure) || isFailure(failure, 'ENGINE_ANSWER_INVALID') || isFailure(failure, 'CLUSTER_CHANGED');
