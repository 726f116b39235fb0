import { expect, it } from 'vitest';
import { readDoctorArguments } from './doctor-arguments.ts';

it('reads its options, and refuses others', () => {
  const none = { json: false, strict: false, help: false, config: [] };
  expect(readDoctorArguments([])).toEqual(none);
  expect(readDoctorArguments(['--json', '--strict', '--config', 'a.yaml'])).toEqual({
    ...{ json: true, strict: true, help: false, config: ['--config', 'a.yaml'] },
  });
  expect(() => readDoctorArguments(['--jsn'])).toThrow(/--jsn/);
  expect(() => readDoctorArguments(['all'])).toThrow(/all/);
});
