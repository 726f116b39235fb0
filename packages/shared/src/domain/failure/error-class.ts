import type { Failure } from './failure.ts';
import type { ErrorClass } from './failure-definition.ts';
import { definitionOf } from './failures.ts';

/**
 * Whether another try may help. A rejection by a rule of Tandem (no index left, an unknown profile) is as final as a rejection by the
 * engine.
 */
export const errorClass = ({ code, data }: Failure): ErrorClass => {
  const { failureClass } = definitionOf(code);
  if (failureClass === null) return 'terminal';
  if (typeof failureClass === 'string') return failureClass;
  return data.call === 'startSnapshot' ? failureClass.startSnapshot : failureClass.other;
};
