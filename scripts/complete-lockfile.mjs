// npm leaves optional packages that a registry does not have (builds for other platforms) out of the lockfile, and npm ci then refuses
// it. This adds them again: node scripts/complete-lockfile.mjs [--check]. With --check it only reports whether any is missing.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';

const lockfile = fileURLToPath(new URL('../package-lock.json', import.meta.url));

/** The platform that the name of a platform package implies. */
const platformOf = (name) => {
  const [, os, cpu] = /(android|darwin|linux|win32|windows|freebsd|openbsd)-(arm64|x64|64|arm|ia32)/.exec(name) ?? [];
  return {
    ...(cpu === undefined ? {} : { cpu: [cpu === '64' ? 'x64' : cpu] }),
    ...(os === undefined ? {} : { os: [os === 'windows' ? 'win32' : os] }),
  };
};

/** The optional packages of pinned versions that the lockfile references but does not contain. */
export const missingEntries = ({ packages }) =>
  Object.entries(packages).flatMap(([path, entry]) =>
    Object.entries(entry.optionalDependencies ?? {})
      .filter(([name]) => !packages[`node_modules/${name}`] && !packages[`${path}/node_modules/${name}`])
      .filter(([, version]) => /^\d/.test(version))
      .map(([name, version]) => [
        `node_modules/${name}`,
        { version, ...platformOf(name), ...(entry.dev ? { dev: true } : {}), optional: true },
      ]),
  );

const main = () => {
  const lock = JSON.parse(readFileSync(lockfile, 'utf8'));
  const missing = missingEntries(lock);
  console.log(`${missing.length} optional packages missing in package-lock.json`);
  if (process.argv.includes('--check')) return missing.length === 0 ? 0 : 1;
  const all = Object.entries({ ...lock.packages, ...Object.fromEntries(missing) });
  lock.packages = Object.fromEntries(all.sort(([one], [other]) => (one < other ? -1 : 1)));
  writeFileSync(lockfile, `${JSON.stringify(lock, null, 2)}\n`);
  return 0;
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) process.exit(main());
