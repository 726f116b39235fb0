import type { SecureContextOptions } from 'node:tls';
import type { Logger } from '@tandem/runtime/logging/logger.ts';
import { every } from '@tandem/runtime/process/every.ts';
import type { TlsTexts } from '@tandem/runtime/settings/tls-contradictions.ts';
import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';

/** PEM texts. */
export type TlsFiles = {
  readonly certificate: string;
  readonly key: string;
  /** Undefined: no certificate is requested from clients. */
  readonly clientCa: string | undefined;
};

/** The certificates of the API's ports, which may be replaced while it runs. */
export type ServerTls = {
  readonly current: () => TlsFiles;
  /** Called with each replacement. */
  readonly onReplaced: (listener: (files: TlsFiles) => void) => void;
  readonly close: () => void;
};

export type ServerTlsOptions = {
  /** As read at the start. */
  readonly files: TlsFiles;
  /** Reads them again; throws where they cannot be used. Undefined: TLS is no longer configured. */
  readonly read: () => TlsFiles | undefined;
  readonly log: Logger;
  readonly everyMs?: number;
};

/**
 * Reads the files again every few seconds and compares their contents. Kubernetes replaces them by a symbolic link, which not every file system
 * reports, so they are not watched.
 */
export const serverTls = ({ files, read, log, everyMs = 5_000 }: ServerTlsOptions): ServerTls => {
  const listeners: ((files: TlsFiles) => void)[] = [];
  let current = files;
  let problem: { readonly message: string; times: number } | undefined;

  const use = (found: TlsFiles): void => {
    for (const listener of listeners) listener(found);
    current = found;
    log.info('TLS files replaced');
  };
  const check = (): void => {
    try {
      const found = read();
      if (found !== undefined && !areEqual(found, current)) use(found);
      problem = undefined;
    } catch (error) {
      const { message } = error as Error;
      problem = problem?.message === message ? problem : { message, times: 0 };
      problem.times += 1;
      // files that are replaced one after the other do not fit together in between
      if (problem.times === 2) log.warn({ reason: message }, 'TLS files cannot be used; the earlier ones stay in use');
    }
  };
  return {
    current: () => current,
    onReplaced: (listener) => void listeners.push(listener),
    close: every(everyMs, check),
  };
};

/** TLS as the settings have it. `textsNow` reads the files again. Undefined: the API serves http. */
export const openTls = (settings: TlsTexts, textsNow: () => TlsTexts, log: Logger): ServerTls | undefined => {
  const files = tlsFilesIn(settings);
  return files && serverTls({ files, read: () => tlsFilesIn(textsNow()), log });
};

const tlsFilesIn = ({ tlsCertificate: certificate, tlsKey: key, tlsClientCa: clientCa }: TlsTexts) =>
  certificate === undefined || key === undefined ? undefined : { certificate, key, clientCa };

const areEqual = (one: TlsFiles, other: TlsFiles): boolean =>
  one.certificate === other.certificate && one.key === other.key && one.clientCa === other.clientCa;

/** Of a server that requests a certificate if it has an authority for them; whoever has none is served, too, and authenticates otherwise. */
export const secureContextOf = ({ certificate, key, clientCa }: TlsFiles): SecureContextOptions => ({
  cert: certificate,
  key,
  minVersion: 'TLSv1.2',
  ...omitUndefined({ ca: clientCa }),
});
