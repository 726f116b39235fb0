import { expect, it } from 'vitest';
import { redisTrouble } from './redis-trouble.ts';

const recorded = () => {
  const lines: string[] = [];
  const trouble = redisTrouble({
    onError: ({ message }) => void lines.push(message),
    onOver: ({ message }, times) => void lines.push(`over: ${message} (${times})`),
  });
  return { lines, trouble };
};

it('is reported when it begins and, with a count, when it is over', () => {
  const { lines, trouble } = recorded();
  trouble.over();
  for (let nth = 0; nth < 3; nth += 1) trouble.report(new Error('away'));
  trouble.over();
  trouble.over();
  expect(lines).toEqual(['away', 'over: away (3)']);
});

it('counts an error once that two emit', () => {
  const { lines, trouble } = recorded();
  const error = new Error('away');
  trouble.report(error);
  trouble.report(error);
  trouble.over();
  expect(lines).toEqual(['away', 'over: away (1)']);
});

it('reports the end of each error that was reported', () => {
  const { lines, trouble } = recorded();
  for (const message of ['away', 'refused', 'away']) trouble.report(new Error(message));
  trouble.over();
  expect(lines).toEqual(['away', 'refused', 'over: away (2)', 'over: refused (1)']);
});

it('reports no end of an error that was suppressed as a repetition', () => {
  const { lines, trouble } = recorded();
  trouble.report(new Error('away'));
  trouble.over();
  trouble.report(new Error('away'));
  trouble.over();
  expect(lines).toEqual(['away', 'over: away (1)']);
});

it('never shows the command that was refused', () => {
  const seen: unknown[] = [];
  const trouble = redisTrouble({ onError: () => undefined, onOver: (error) => void seen.push(error) });
  trouble.report(Object.assign(new Error('WRONGPASS'), { command: { args: ['secret'] } }));
  trouble.over();
  expect(seen).toEqual([expect.not.objectContaining({ command: expect.anything() })]);
});
