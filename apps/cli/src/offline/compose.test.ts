import { ENGINE_SETTINGS } from '@tandem/runtime/settings/connection-settings.ts';
import { type SettingsSurvey, surveySettings } from '@tandem/runtime/settings/read-settings.ts';
import { expect, it } from 'vitest';
import { doctorSources } from './compose.ts';

const survey = (environment: Readonly<Record<string, string>>): SettingsSurvey =>
  surveySettings({ environment: { OPENSEARCH_URL: 'https://127.0.0.1:1', ...environment }, arguments: [] });

it('asks the engine, unless a setting for it is invalid', () => {
  expect(doctorSources(survey({}), []).engine).toBeDefined();
  const invalid = survey({ ENGINE_AWS_REGION: 'not a region!' });
  expect([...invalid.invalid]).toContain('engineAwsRegion');
  expect(doctorSources(invalid, []).engine).toBeUndefined();
});

it.each(ENGINE_SETTINGS)('does not ask the engine while %s is invalid', (key) => {
  const valid = survey({});
  expect(doctorSources({ ...valid, invalid: new Set([...valid.invalid, key]) }, []).engine).toBeUndefined();
});
