import { createHash, type X509Certificate } from 'node:crypto';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { ClientCertificate } from '../../identity/caller.ts';
import type { ServerTls } from './server-tls.ts';

const shown = new WeakMap<Socket, ClientCertificate>();

/** Remembers what each client of the server shows; a certificate is trusted while the authorities that vouched for it are those of today. */
export const noteClientCertificates = (server: Server, { current }: Pick<ServerTls, 'current'>): void => {
  server.on('secureConnection', (socket: TLSSocket) => {
    const certificate = socket.getPeerX509Certificate();
    if (certificate === undefined) return;
    const { clientCa } = current();
    const isVouchedFor = socket.authorized && clientCa !== undefined;
    const authorities = digest(clientCa);
    shown.set(socket, {
      ...namesOf(certificate),
      isTrusted: () =>
        isVouchedFor && certificate.validToDate > new Date() && digest(current().clientCa) === authorities,
    });
  });
};

/** Of the connection of a request. Undefined: without TLS, or the client showed none. */
export const clientCertificateOf = (socket: Socket): ClientCertificate | undefined => shown.get(socket);

const digest = (text: string | undefined): string =>
  createHash('sha256')
    .update(text ?? '')
    .digest('base64');

const namesOf = ({ subject, subjectAltName }: X509Certificate): Omit<ClientCertificate, 'isTrusted'> => ({
  subject: distinguishedName(subject ?? ''),
  commonName: commonNameIn(subject ?? ''),
  alternativeNames: alternativeNamesIn(subjectAltName ?? ''),
});

/**
 * As in RFC 4514, and as `openssl x509 -subject -nameopt RFC2253` prints it: last part first. Node lists the parts in the order of the certificate, one a line, with the values already escaped; parts with
 * several values have an unescaped plus between them.
 */
export const distinguishedName = (subject: string): string =>
  subject
    .split('\n')
    .filter((part) => part !== '')
    .toReversed()
    .map((part) =>
      part
        .split(/(?<!\\) \+ /)
        .toReversed()
        .join('+'),
    )
    .join(',');

/** For people: without the escapes. */
const commonNameIn = (subject: string): string | undefined =>
  subject
    .split('\n')
    .findLast((part) => part.startsWith('CN='))
    ?.slice('CN='.length)
    .replaceAll(/\\([^0-9A-Fa-f])/g, '$1');

/** Node writes values with a comma or a quote as JSON, so that no value can look like two. */
const ALTERNATIVE_NAME = /(?<kind>[A-Za-z][A-Za-z ]*):(?<value>"(?:[^"\\]|\\.)*"|[^,]*)(?:, |$)/g;

export const alternativeNamesIn = (text: string): readonly string[] =>
  [...text.matchAll(ALTERNATIVE_NAME)].map(({ groups: { kind = '', value = '' } = {} }) => {
    const plain: unknown = value.startsWith('"') ? JSON.parse(value) : value;
    return `${kind === 'IP Address' ? 'IP' : kind}:${plain}`;
  });
