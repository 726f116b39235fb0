import { row } from '../setting.ts';
import { text } from './setting-kinds.ts';

/** TLS of the API's own ports. */
export const tlsSettings = {
  tlsCertificate: row({
    environment: 'TLS_CERT_FILE',
    yaml: 'tls.certFile',
    schema: text,
    default: undefined,
    file: true,
    about:
      "The API's certificate (PEM), followed by those between it and its authority. With it and `TLS_KEY_FILE` the API serves https only, TLS 1.2 or newer. Replaced files are used within ten seconds, without a restart.",
  }),
  tlsKey: row({
    environment: 'TLS_KEY_FILE',
    yaml: 'tls.keyFile',
    schema: text,
    default: undefined,
    file: true,
    about: 'The private key (PEM, not encrypted) of the first certificate in `TLS_CERT_FILE`.',
  }),
  tlsClientCa: row({
    environment: 'TLS_CLIENT_CA_FILE',
    yaml: 'tls.clientCaFile',
    schema: text,
    default: undefined,
    file: true,
    about:
      'Certificate authorities (PEM) whose client certificates are accepted: `ROLE_MAPPING` gives their subjects and alternative names a role. A certificate is requested from clients, not required.',
  }),
};
