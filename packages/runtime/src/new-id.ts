import { v7 } from 'uuid';

/** A UUID that sorts by the time it was made. */
export const newId = (): string => v7();
