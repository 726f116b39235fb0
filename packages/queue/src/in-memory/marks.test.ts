import { describeMarks } from '../conformance/marks.ts';
import { inMemoryMarks } from './marks.ts';

describeMarks('the store in memory', async () => {
  const fields = new Map<string, string>();
  return {
    marks: inMemoryMarks(fields),
    openAnother: () => inMemoryMarks(fields),
    spoil: async () => fields.set('anything', 'else'),
  };
});
