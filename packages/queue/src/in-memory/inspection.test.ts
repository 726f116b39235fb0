import { describeInspection } from '../conformance/inspection.ts';
import { inMemoryInspection } from './inspection.ts';

describeInspection('Redis in memory', async () => inMemoryInspection(() => new Date()));
