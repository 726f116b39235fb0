import { describe, expect, it } from 'vitest';
import { decodeJob, encodeJob, JOB_NAME, jobIdOf, waitingSince } from './job-codec.ts';

describe('A job in Redis', () => {
  const job = { operationId: '0198-abc', revision: 3 };

  it('comes back as it was put in', () => {
    expect(decodeJob(JOB_NAME, encodeJob(job))).toEqual({ is: 'operation', job });
  });

  it('has an id that is neither a number nor holds a colon', () => {
    expect(jobIdOf(job)).toBe('operation-0198-abc-3');
  });

  it.each([
    ['another kind', 'report', encodeJob(job), 'newer'],
    ['another kind with anything in it', 'report', null, 'newer'],
    ['a newer version', JOB_NAME, { v: 2, something: 'else' }, 'newer'],
    ['an unknown field', JOB_NAME, { ...encodeJob(job), dueAt: 5 }, 'operation'],
    ['no version', JOB_NAME, { operationId: 'a', revision: 1 }, 'malformed'],
    ['no operation', JOB_NAME, { v: 1, revision: 1 }, 'malformed'],
    ['an empty operation', JOB_NAME, { v: 1, operationId: '', revision: 1 }, 'malformed'],
    ['a revision that is a text', JOB_NAME, { v: 1, operationId: 'a', revision: '1' }, 'malformed'],
    ['a negative revision', JOB_NAME, { v: 1, operationId: 'a', revision: -1 }, 'malformed'],
    ['a text', JOB_NAME, 'text', 'malformed'],
    ['nothing', JOB_NAME, undefined, 'malformed'],
  ])('with %s', (_, name, data, is) => expect(decodeJob(name, data).is).toBe(is));

  it('waits since it was queued, or since its retry time', () => {
    expect(waitingSince(10, encodeJob(job))).toBe(10);
    expect(waitingSince(10, { ...encodeJob(job), dueAt: 30 })).toBe(30);
    expect(waitingSince(10, undefined)).toBe(10);
  });
});
