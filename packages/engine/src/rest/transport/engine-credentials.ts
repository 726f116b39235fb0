import type { Credentials } from '../../connected-engine.ts';
import { type Authorization, engineAddress, secretForms } from './engine-url.ts';

export type EngineCredentials = {
  /** The current ones. */
  of(url: string): Authorization;
  /** Reads them again, unless they were reread since the rejected ones were read. True: they differ from the rejected ones. */
  renew(url: string, rejected: Authorization): boolean;
  /** All that were ever used, in every form in which a reply could echo them. */
  secrets(): readonly string[];
};

/**
 * `read` undefined: they cannot change while the process runs. An error that it throws is reported once to `onUnreadable`, and again after a
 * successful read.
 */
export const engineCredentials = (
  urls: readonly string[],
  first: Credentials,
  read: (() => Credentials) | undefined,
  onUnreadable: (error: unknown) => void = () => undefined,
): EngineCredentials => {
  let current = first;
  let isReported = false;
  const seen = new Set<string>();
  const note = () => {
    for (const url of urls) for (const form of secretForms(engineAddress(url, current).auth)) seen.add(form);
  };
  const isCurrent = (url: string, auth: Authorization) =>
    JSON.stringify(engineAddress(url, current).auth) === JSON.stringify(auth);
  note();
  return {
    of: (url) => engineAddress(url, current).auth,
    renew(url, rejected) {
      if (!isCurrent(url, rejected)) return true;
      if (read === undefined) return false;
      try {
        current = read();
        isReported = false;
      } catch (error) {
        // the file is being replaced: the previous credentials stay
        if (!isReported) onUnreadable(error);
        isReported = true;
        return false;
      }
      note();
      return !isCurrent(url, rejected);
    },
    secrets: () => [...seen],
  };
};
