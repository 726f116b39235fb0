import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { localCertificate, newAuthority } from '../certificates.ts';
import { type Part, startProcessPart } from '../part.ts';
import { environment } from '../settings.ts';
import { chooseEngine } from './choose-engine.ts';
import { chrootArguments } from './chroot-mounts.ts';
import { stackEngines } from './engine-kinds.ts';
import { type SecuredAccess, securedCall } from './secured-call.ts';
import { securedHome } from './security-plugin.ts';
import type { EngineFacts } from './start-engine.ts';

export type SecuredOpenSearch = Part & EngineFacts & { readonly admin: SecuredAccess };

const KIND = 'opensearch@2';
const PLUGIN = 'org.opensearch.security.OpenSearchSecurityPlugin';
const ADMIN = { username: 'admin', password: 'admin' };

const settingsOf = (folder: string): readonly string[] => [
  ...['transport', 'http'].flatMap((layer) => [
    `plugins.security.ssl.${layer}.pemcert_filepath=${join(folder, 'certificate.pem')}`,
    `plugins.security.ssl.${layer}.pemkey_filepath=${join(folder, 'key.pem')}`,
    `plugins.security.ssl.${layer}.pemtrustedcas_filepath=${join(folder, 'authority.pem')}`,
  ]),
  'plugins.security.ssl.http.enabled=true',
  'plugins.security.allow_default_init_securityindex=true',
  'plugins.security.restapi.roles_enabled=all_access',
];

/**
 * A throw-away OpenSearch 2 with its security plugin: HTTPS alone, and no call without a user. Users and roles are made through the plugin's
 * own API (`_plugins/_security/api`); its certificate is signed by an authority of its own.
 */
export const startSecuredOpenSearch = async (
  directory: string,
  report: (line: string) => void = () => undefined,
): Promise<SecuredOpenSearch> => {
  const { jdk } = await chooseEngine(KIND, report);
  const home = await securedHome(jdk);
  const repositoriesPath = join(directory, 'data', 'repositories');
  const folder = join(directory, 'certificates');
  mkdirSync(repositoriesPath, { recursive: true });
  mkdirSync(folder, { recursive: true });
  const authority = await newAuthority();
  const { certificate, key } = await localCertificate(authority);
  writeFileSync(join(folder, 'authority.pem'), authority.certificate);
  writeFileSync(join(folder, 'certificate.pem'), certificate);
  writeFileSync(join(folder, 'key.pem'), key, { mode: 0o600 });

  const inChroot = await chrootArguments(jdk);
  const access = (port: number): SecuredAccess => ({
    ...ADMIN,
    authority: authority.certificate,
    url: `https://localhost:${port}`,
  });
  const part = await startProcessPart({
    name: 'opensearch-secured',
    directory,
    usualPort: undefined,
    command: (port) => ({
      command: join(jdk.home, 'bin', 'java'),
      args: [
        ...['-Xms256m', '-Xmx512m', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
        ...inChroot,
        ...['-Djava.awt.headless=true', '-Dlog4j2.disable.jmx=true', `-Dtandem.plugin=${PLUGIN}`],
        ...['-cp', ['classes', 'lib/*', 'security/*'].map((entry) => join(home, entry)).join(':')],
        ...[stackEngines[KIND].launcher, home, join(directory, 'data'), repositoriesPath, String(port)],
        ...settingsOf(folder),
      ],
      env: environment(),
    }),
    // until the plugin has loaded its users, it refuses every one
    probe: async (port) => void (await securedCall(access(port), 'GET', '_cluster/health')),
    url: (port) => access(port).url,
    stopSignal: 'SIGTERM',
    stopMs: 8_000,
    startMs: 180_000,
  });
  const facts = { kind: KIND, version: stackEngines[KIND].version, repositoriesPath, admin: access(portOf(part.url)) };
  return Object.defineProperties(facts as unknown as SecuredOpenSearch, Object.getOwnPropertyDescriptors(part));
};

const portOf = (url: string): number => Number(new URL(url).port);
