import { OPERATION_KINDS } from '@tandem/shared/domain/operation/operation.ts';
import { describe, expect, it } from 'vitest';
import { setUpCreate as setUp } from './create/create.fixture.ts';
import { jobCatalogue } from './index.ts';
import type { JobCatalogue } from './job.ts';

describe('the catalogue of jobs', () => {
  it('has a job for every kind of operation', async () => {
    const { jobs } = await setUp();
    expect(Object.keys(jobCatalogue(jobs)).sort()).toEqual([...OPERATION_KINDS].sort());
  });

  it('does not compile without one', async () => {
    const { jobs } = await setUp();
    const { delete: _, ...others } = jobCatalogue(jobs);
    // @ts-expect-error deletions have no job
    const incomplete: JobCatalogue = others;
    expect(incomplete).not.toHaveProperty('delete');
  });
});

describe('an operation of a kind that came with a newer version', () => {
  it('is released and left to a newer worker', async () => {
    const { worker, jobs, job, pass, backup, lines, engine } = await setUp();
    const { create: _, ...older } = jobCatalogue(jobs);
    const callsBefore = engine.calls.length;
    expect(await worker('older', older as JobCatalogue)(job)).toEqual({ next: 'again', inMs: 5_000 });
    expect(engine.calls).toHaveLength(callsBefore);
    expect((await backup()).state).toBe('IN_PROGRESS');
    expect(lines.map(([message]) => message)).toContain(
      'this worker does not know operations of that kind; is another worker newer?',
    );
    pass(5_000);
    await worker('newer')(job);
    expect(engine.calls.map(({ method }) => method)).toContain('startSnapshot');
  });
});
