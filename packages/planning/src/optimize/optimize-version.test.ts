import { inMemoryEngine } from '@tandem/engine/in-memory/engine.ts';
import { expect, it } from 'vitest';
import { detectVersion, optimizeVersion } from './optimize-version.ts';

const engineWith = (versions: Readonly<Record<string, string>>) => {
  const engine = inMemoryEngine();
  for (const [prefix, schemaVersion] of Object.entries(versions))
    engine.putMetadata(prefix, { schemaVersion, installationId: undefined });
  return engine;
};

it.each([
  ['the plain form', { acme: '3.9.0' }, { version: '3.9.0', source: 'document 1 of acme-metadata', unused: undefined }],
  [
    'the longer form, as from 8.7 on',
    { 'acme-optimize': '8.7.0' },
    { version: '8.7.0', source: 'document 1 of acme-optimize-metadata', unused: undefined },
  ],
  [
    'the longer form where both exist, and names the other',
    { acme: '8.6.1', 'acme-optimize': '8.7.0' },
    { version: '8.7.0', source: 'document 1 of acme-optimize-metadata', unused: 'acme-metadata' },
  ],
])('reads the version from %s', async (_, versions, detected) => {
  expect(await detectVersion(engineWith(versions), undefined, 'acme')).toEqual(detected);
});

it('prefers the configured version, in lower case, and does not query the engine', async () => {
  const engine = engineWith({ acme: '3.9.0' });
  expect(await optimizeVersion(engine, '8.8.0-RC1', 'acme')).toBe('8.8.0-rc1');
  expect(engine.calls).toEqual([]);
});

it('names both aliases where neither has a version', async () => {
  await expect(optimizeVersion(engineWith({ other: '3.9.0' }), undefined, 'acme')).rejects.toMatchObject({
    code: 'VERSION_UNKNOWN',
    data: { lookedFor: ['acme-metadata', 'acme-optimize-metadata'] },
  });
});
