import type { Client } from '../connect/client.ts';
import type { Io } from '../io/io.ts';
import { type Outcome, shown } from '../program/command.ts';
import { type OperationDetails, operationDetails } from '../views/operation/operation-details.ts';
import { onlyStep, type Progress } from './progress.ts';
import { waitFor } from './wait-for.ts';

const progressOf = ({ kind, state, waiting, lastError }: OperationDetails): Progress => {
  if (lastError !== null) return onlyStep(`${kind} ${state}, retrying after: ${lastError.message}`);
  return onlyStep(waiting === null ? `${kind} ${state}` : `${kind} ${state}, waits for ${waiting.for}`);
};

/** Waits for the end of an operation, or until it is suspended; the outcome is the operation then. `good`: how it is to end. */
export const untilOperationEnded = async (
  client: Client,
  operationId: string,
  timeoutMs: number | undefined,
  io: Io,
  good: OperationDetails['state'] = 'SUCCEEDED',
): Promise<Outcome> => {
  const operation = await waitFor(
    {
      read: () => client.get('/api/v1/operations/{operationId}', { params: { path: { operationId } } }),
      holds: false,
      hasEnded: ({ endedAt, state }) => endedAt !== null || state === 'SUSPENDED',
      progress: progressOf,
      follow: `tandem operation get ${operationId} --wait`,
      timeoutMs,
    },
    io,
  );
  const isGood = operation.state === good;
  const notes = isGood ? [] : [`Operation ${operationId} is ${operation.state}.`];
  return shown(operation, operationDetails, { exit: isGood ? 'ok' : 'failed', notes });
};
