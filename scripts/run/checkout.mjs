import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder that contains package.json. */
export const checkout = fileURLToPath(new URL('../..', import.meta.url));

/** Absolute path of a file in the checkout. */
export const inCheckout = (...names) => resolve(checkout, ...names);
