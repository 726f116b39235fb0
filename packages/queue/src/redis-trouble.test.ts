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

it('is told when it begins and, with a count, when it is over', () => {
  const { lines, trouble } = recorded();
  trouble.over();
  for (let nth = 0; nth < 3; nth += 1) trouble.report(new Error('away'));
  trouble.over();
  trouble.over();
  expect(lines).toEqual(['away', 'over: away (3)']);
});

it('never shows the command that was refused', () => {
  const seen: unknown[] = [];
  const trouble = redisTrouble({ onError: () => undefined, onOver: (error) => void seen.push(error) });
  trouble.report(Object.assign(new Error('WRONGPASS'), { command: { args: ['secret'] } }));
  trouble.over();
  expect(seen).toEqual([expect.not.objectContaining({ command: expect.anything() })]);
});
