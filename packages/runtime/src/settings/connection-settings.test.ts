import { expect, it } from 'vitest';
import { engineSettings } from './connection-settings.ts';
import type { Settings } from './settings-catalogue.ts';

const of = (settings: Partial<Settings>) => engineSettings(settings as Settings, () => ({}) as never);

it('connects to the engine whose URL is set', () => {
  expect(of({ elasticsearchUrl: 'http://e:9200' })).toMatchObject({ url: 'http://e:9200' });
  expect(of({ opensearchUrl: 'http://o:9200' })).toMatchObject({ url: 'http://o:9200' });
  expect(() => of({})).toThrow('no setting has the URL of an engine');
});

it('signs requests where a region is set', () => {
  expect(of({ opensearchUrl: 'https://o', engineAwsRegion: 'eu-central-1' }).aws).toEqual({ region: 'eu-central-1' });
  expect(of({ opensearchUrl: 'https://o' })).not.toHaveProperty('aws');
});
