import { type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { getCACertificates } from 'node:tls';

export type IssuerRequest = {
  readonly method: string;
  readonly headers: Headers | Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
};

/** As the libraries for OpenID Connect call it. */
export type IssuerFetch = (url: string, request: IssuerRequest) => Promise<Response>;

const MAX_BYTES = 1_000_000;

/**
 * Asks an issuer over HTTP. Trusts `ca` in addition to the certificate authorities of the process, follows no redirects, and rejects responses of
 * more than a megabyte.
 */
export const issuerFetch = (ca: string | undefined): IssuerFetch => {
  const trusted = ca === undefined ? {} : { ca: [...getCACertificates('default'), ca] };
  return (url, { method, headers, body, signal }) =>
    new Promise((resolve, reject) => {
      const request = url.startsWith('https:') ? requestHttps : requestHttp;
      const options = { method, headers: Object.fromEntries(new Headers(headers)), ...trusted };
      const sent = request(url, signal === undefined ? options : { ...options, signal }, (incoming) =>
        read(incoming).then(resolve, reject),
      );
      sent.on('error', reject);
      // the libraries send forms only
      sent.end(body === undefined || body === null ? undefined : String(body));
    });
};

const read = async (incoming: IncomingMessage): Promise<Response> => {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming) {
    bytes += chunk.length;
    if (bytes > MAX_BYTES) throw new Error(`The response has more than ${MAX_BYTES} bytes.`);
    chunks.push(chunk);
  }
  const headers = Object.entries(incoming.headersDistinct).flatMap(([name, values = []]) =>
    values.map((value): [string, string] => [name, value]),
  );
  // a body would be an error with statuses such as 204
  return new Response(bytes === 0 ? null : Buffer.concat(chunks), { status: incoming.statusCode ?? 500, headers });
};
