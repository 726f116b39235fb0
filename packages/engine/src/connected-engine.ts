import type { Engine } from './port.ts';

export type Credentials = {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  readonly apiKey?: string | undefined;
};

/** Without an expiration they are read again after a while. */
export type AwsCredentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string | undefined;
  readonly expiration?: Date | undefined;
};

/** Requests to Amazon OpenSearch Service are signed (Signature Version 4). */
export type AwsSigning = {
  readonly region: string;
  /** Undefined: the credential chain of AWS (environment, profiles, web identity, container, instance). */
  readonly credentials?: (() => Promise<AwsCredentials>) | undefined;
};

/** What an operator should know of several addresses. */
export type AddressCheck = {
  /** A sentence for each that is not used. */
  readonly warnings: readonly string[];
  /** Why nothing may be started with them: they lead to several clusters, and none is recorded; or to an engine that is not supported. */
  readonly refusal: string | undefined;
};

/** How to reach an engine, of whatever kind. */
export type EngineSettings = Credentials & {
  /** http or https; a user and password in it are used where the settings have none. Several of one cluster are joined by commas. */
  readonly url: string;
  /** Reads the credentials again, once they were rejected. It may throw. */
  readonly readCredentials?: (() => Credentials) | undefined;
  /** Called with its error. */
  readonly onUnreadable?: ((error: unknown) => void) | undefined;
  /** The uuid of the cluster that the history knows; used if there are several addresses. */
  readonly recordedCluster?: (() => Promise<string | undefined>) | undefined;
  /** Instead of credentials; OpenSearch only. */
  readonly aws?: AwsSigning | undefined;
  /** PEM. Undefined: the certificates that Node trusts. */
  readonly caCertificate?: string | undefined;
  /** For a whole method, all its requests together. */
  readonly requestTimeoutMs: number;
  /** How long the engine may wait for its master; should be below `requestTimeoutMs`. */
  readonly masterTimeoutMs: number;
  readonly maxSockets?: number | undefined;
};

export type ConnectedEngine = Engine & {
  /** Asks the engine what it is, and compares the clusters of its addresses, where there are several. Never rejects with what they answer. */
  readonly checkAddresses: () => Promise<AddressCheck>;
};
