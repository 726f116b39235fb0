import type { ErrorClass } from '../backup/backup.ts';
import type { Failure } from './failure.ts';
import { definitionOf } from './failures.ts';

/**
 * Whether another try may help. What a rule of ours refuses (no index left, a profile that is not known) is as final as the engine's no.
 */
export const errorClass = ({ code, data }: Failure): ErrorClass => {
  const { failureClass } = definitionOf(code);
  if (failureClass === null) return 'terminal';
  if (typeof failureClass === 'string') return failureClass;
  return data.call === 'startSnapshot' ? failureClass.startSnapshot : failureClass.other;
};
