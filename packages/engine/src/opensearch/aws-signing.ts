import { AwsSigv4Signer } from '@opensearch-project/opensearch/aws';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import type { AwsCredentials, AwsSigning } from '../connected-engine.ts';
import { NoCredentials } from '../rest/transport/http-client.ts';
import type { Signing } from './opensearch-client.ts';

/** Those without an expiration, in the environment or in a file, may be replaced while the process runs. */
const REREAD_MS = 300_000;

/** AWS's own chain. It is large, so it is loaded with the first signed request; a new one each time, since it remembers files and results. */
const fromChain = async (): Promise<AwsCredentials> => {
  const { defaultProvider } = await import('@aws-sdk/credential-provider-node');
  return defaultProvider({ ignoreCache: true })();
};

const withExpiration = ({ accessKeyId, secretAccessKey, sessionToken, expiration }: AwsCredentials) => ({
  ...{ accessKeyId, secretAccessKey, expiration: expiration ?? new Date(Date.now() + REREAD_MS) },
  ...omitUndefined({ sessionToken }),
});

/**
 * What signs the requests of OpenSearch's client for the service `es`. Credentials are obtained before the first request and shortly before
 * they expire. A request without any rejects with NoCredentials.
 */
export const awsSigning = ({ region, credentials = fromChain }: AwsSigning): Signing => {
  const getCredentials = async () => {
    try {
      return withExpiration(await credentials());
    } catch (error) {
      throw new NoCredentials(`no AWS credentials: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const { Transport, Connection } = AwsSigv4Signer({ region, service: 'es', getCredentials });
  return { Transport, Connection };
};
