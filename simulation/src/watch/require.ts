import { type Property, Violation } from './violation.ts';

export const require = (holds: boolean, property: Property, message: string): void => {
  if (!holds) throw new Violation(property, message);
};
