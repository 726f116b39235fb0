import { fail } from '@tandem/shared/domain/failure/failure.ts';
import { expect, it } from 'vitest';
import type { Logger } from './logger.ts';
import { problemLog } from './problem-log.ts';

const setUp = () => {
  const lines: unknown[] = [];
  const line = (level: string) => (facts: object, message: string) => lines.push([level, message, facts]);
  return { lines, ...problemLog({ warn: line('warn'), info: line('info') } as unknown as Logger) };
};

const away = fail('ENGINE_UNREACHABLE', 'It does not answer.');
const facts = { operationId: 'o', backupId: 'b', err: away };

it('logs a problem when it begins, the 10th and the 100th time, and when it is over', () => {
  const { lines, met, over } = setUp();
  for (let times = 0; times < 150; times += 1) met('o', facts, 'not removed');
  over('o');
  over('o');
  expect(lines).toEqual([
    ['warn', 'not removed', facts],
    ['warn', 'not removed', { ...facts, times: 10 }],
    ['warn', 'not removed', { ...facts, times: 100 }],
    ['info', 'over: not removed', { operationId: 'o', backupId: 'b', times: 150 }],
  ]);
});

it('treats another error as another problem, but the same error with other figures as the same', () => {
  const { lines, met } = setUp();
  met('o', facts, 'not removed');
  met('o', { ...facts, err: fail('ENGINE_UNREACHABLE', 'It did not answer for 7 s.') }, 'not removed');
  expect(lines).toHaveLength(1);
  met('o', { ...facts, err: fail('ENGINE_BUSY', 'Busy.') }, 'not removed');
  met('o', { ...facts, err: new Error('a defect') }, 'not removed');
  expect(lines).toHaveLength(3);
});

it('closes the problems that a round did not meet', () => {
  const { lines, met, round } = setUp();
  met('gone', { err: away }, 'not removed');
  met('stays', { err: away }, 'not removed');
  lines.length = 0;
  const end = round();
  met('stays', { err: away }, 'not removed');
  met('new', { err: away }, 'not removed');
  end();
  expect(lines).toEqual([
    ['warn', 'not removed', { err: away }],
    ['info', 'over: not removed', { times: 1 }],
  ]);
});

it('does not log that a closed problem is over', () => {
  const { lines, met, forget, over } = setUp();
  met('o', facts, 'not removed');
  forget('o');
  over('o');
  expect(lines).toHaveLength(1);
});

it('keeps at most a thousand problems', () => {
  const { lines, met, over } = setUp();
  for (let nth = 0; nth < 1_001; nth += 1) met(String(nth), { err: away }, 'not removed');
  lines.length = 0;
  over('0');
  over('1');
  expect(lines).toHaveLength(1);
});
