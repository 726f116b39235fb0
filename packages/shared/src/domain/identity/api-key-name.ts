import { API_KEY_PREFIX } from './api-key.ts';

/** The name under which BOOTSTRAP_ADMIN_KEY_FILE is adopted. */
export const BOOTSTRAP_NAME = 'bootstrap';

/** Names of Tandem's own processes and tasks in the history. */
const OWN_NAMES = ['api', 'worker', 'sweep', 'schedule', 'reconcile', 'policy', 'anonymous', 'system'];

const NAME = /^[a-z0-9][a-z0-9._@-]{0,63}$/;

export const API_KEY_NAME_RULE = `must be 1 to 64 characters: lower-case letters, digits and . _ @ -, beginning with a letter or digit; not ${API_KEY_PREFIX}… and none of ${OWN_NAMES.join(', ')}`;

/** Whether a key may have the name: whoever reads the history must recognise the caller by it. */
export const isApiKeyName = (name: string): boolean =>
  NAME.test(name) && !name.startsWith(API_KEY_PREFIX) && !OWN_NAMES.includes(name);
