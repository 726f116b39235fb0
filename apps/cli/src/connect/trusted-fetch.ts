import { readFileSync } from 'node:fs';
import type { Fetch } from '@tandem/client/transport/fetch.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { usageError } from '../command-failure.ts';
import type { Target } from '../context/target.ts';

/** A fetch with the CA and the client certificate of a target; undefined: it has neither, and the fetch of Node does. */
export const trustedFetch = async (target: Target): Promise<Fetch | undefined> => {
  const { caFile, clientCertFile, clientKeyFile } = target;
  if (caFile === undefined && clientCertFile === undefined && clientKeyFile === undefined) return undefined;
  if ((clientCertFile === undefined) !== (clientKeyFile === undefined)) {
    throw usageError(
      `A client certificate needs its key, and a key its certificate: one of them is missing in ${target.from}.`,
    );
  }
  const [ca, cert, key] = [caFile, clientCertFile, clientKeyFile].map((file) => file && pem(file));
  const options = omitUndefined({ ca, cert, key });
  // undici is large, and most need none of it
  const { nodeFetch } = await import('@tandem/client/node/node-fetch.ts');
  try {
    return nodeFetch(options);
  } catch (error) {
    const files = [caFile, clientCertFile, clientKeyFile].filter((file) => file !== undefined).join(', ');
    throw usageError(`${files}: ${error instanceof Error ? error.message : String(error)}`);
  }
};

const pem = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw usageError(`A file of the connection cannot be read: ${(error as Error).message}`);
  }
};
