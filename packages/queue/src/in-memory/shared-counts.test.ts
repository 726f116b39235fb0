import { describeSharedCounts } from '../conformance/shared-counts.ts';
import { inMemorySharedCounts } from './shared-counts.ts';

describeSharedCounts('counts in memory', async () => {
  const counts = inMemorySharedCounts();
  return { one: counts, other: counts };
});
