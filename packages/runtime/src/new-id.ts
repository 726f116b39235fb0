import { v7 } from 'uuid';

/** A UUID that sorts by its creation time. */
export const newId = (): string => v7();
