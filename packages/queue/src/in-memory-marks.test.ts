import { inMemoryMarks } from './in-memory-marks.ts';
import { describeMarks } from './marks-conformance.ts';

describeMarks('the store in memory', async () => {
  const fields = new Map<string, string>();
  return {
    marks: inMemoryMarks(fields),
    openAnother: () => inMemoryMarks(fields),
    spoil: async () => fields.set('anything', 'else'),
  };
});
