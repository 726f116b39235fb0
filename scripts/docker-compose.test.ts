import { readFileSync } from 'node:fs';
import { stackEngines, stackProducts } from '@tandem/local-stack/engine/engine-kinds.ts';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

type Dependency = { readonly condition: string; readonly required?: boolean };
type Service = {
  readonly image?: string;
  readonly profiles?: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, Dependency>>;
  readonly networks?: { readonly default: { readonly aliases: readonly string[] } };
  readonly volumes?: readonly string[];
};

const file = new URL('../docker-compose.yml', import.meta.url);
const { services, volumes } = parse(readFileSync(file, 'utf8'), { merge: true }) as {
  services: Record<string, Service>;
  volumes: Record<string, null>;
};
const PROFILES = ['elasticsearch', 'opensearch'] as const;
const APPS = ['api', 'migrate', 'postgres', 'redis', 'worker'];

const startedBy = (profile: string): Readonly<Record<string, Service>> =>
  Object.fromEntries(Object.entries(services).filter(([, { profiles }]) => profiles?.includes(profile)));

it('starts nothing without a profile: there is no default engine', () => {
  expect(Object.keys(services).filter((name) => services[name]?.profiles === undefined)).toEqual([]);
});

it.each(PROFILES)('--profile %s starts that engine alone, with all of Tandem', (profile) => {
  expect(Object.keys(startedBy(profile)).sort()).toEqual(
    [...APPS, profile, `${profile}-snapshots-folder`, `prepare-${profile}`].sort(),
  );
});

it.each(PROFILES)('--profile %s has every service that another one requires', (profile) => {
  const started = startedBy(profile);
  for (const [name, { depends_on: dependencies = {} }] of Object.entries(started)) {
    const required = Object.keys(dependencies).filter((other) => dependencies[other]?.required !== false);
    expect({ name, missing: required.filter((other) => !(other in started)) }).toEqual({ name, missing: [] });
    expect(Object.keys(dependencies).filter((other) => !(other in services))).toEqual([]);
  }
  expect(Object.keys(started.api?.depends_on ?? {})).toContain(`prepare-${profile}`);
});

it.each(PROFILES)('reaches %s by the address that the apps have', (profile) => {
  const { hostname } = new URL(services.api?.environment?.ELASTICSEARCH_URL ?? '');
  expect(services[profile]?.networks?.default.aliases).toEqual([hostname]);
});

it.each(PROFILES)('runs a version of %s that the tests run on, without security', (profile) => {
  const { image = '', environment } = services[profile] ?? {};
  const versions = Object.values(stackEngines).filter(({ product }) => product === profile);
  expect(versions.map(({ version }) => version)).toContain(image.split(':')[1]);
  expect(environment).toMatchObject(stackProducts[profile].noSecurityInImage);
  for (const name of [`${profile}-snapshots-folder`, `prepare-${profile}`]) expect(services[name]?.image).toBe(image);
});

it('declares every named volume, and keeps those of the engines apart', () => {
  const used = Object.values(services).flatMap(({ volumes: mounts = [] }) =>
    mounts.map((mount) => mount.split(':')[0]),
  );
  expect([...new Set(used)].sort()).toEqual(Object.keys(volumes).sort());
  const ofEngines = PROFILES.flatMap((profile) => services[profile]?.volumes ?? []).map((mount) => mount.split(':')[0]);
  expect(new Set(ofEngines).size).toBe(ofEngines.length);
});
