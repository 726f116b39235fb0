import { describe, expect, it } from 'vitest';
import { contractProperties } from './style/descriptions.ts';
import { functionsIn } from './style/functions.ts';
import { promisedIn } from './style/promises.ts';
import { sourceOf } from './style/source.ts';

const PORT = 'packages/queue/src/port.ts';
const POLICY = 'packages/shared/src/domain/rule.ts';
const CONTRACT = 'packages/shared/src/contract/message.ts';

it('measures functions that have a name: nested ones too, callbacks and curried ones with what they are in', () => {
  const text = `const outer = (deps) =>
    async (input) => {
      const inner = () => 1;
      return input.map((one) => one + inner());
    };
  class Some { method() { return 1; } }
  function declared() {}`;
  expect(functionsIn(sourceOf('a.ts', text)).map(({ name, lines }) => [name, lines])).toEqual([
    ['outer', 5],
    ['inner', 1],
    ['method', 1],
    ['declared', 1],
  ]);
});

describe('what other packages call', () => {
  it.each([
    [PORT, 'export type Jobs = { /** Adds one. */ add(): void; readonly size: number };', [['Jobs.add', 'Adds one.']]],
    [PORT, 'export interface Jobs { readonly add: () => void }', [['Jobs.add', undefined]]],
    [PORT, '/** Runs one. */\nexport type Run = (job: string) => void;', [['Run', 'Runs one.']]],
    [PORT, 'export type Jobs = Other & { add(): void };', [['Jobs.add', undefined]]],
    [POLICY, '/** Says so. */\nexport const rule = () => true;', [['rule', 'Says so.']]],
    [POLICY, '/** Of another. */\nconst other = 1;\nexport const rule = () => true;', [['rule', undefined]]],
    [POLICY, '// no doc comment\nexport function rule() {}', [['rule', undefined]]],
    [POLICY, 'export const VALUE = 1;\nconst inner = () => 1;', []],
    ['packages/queue/src/redis-queue.ts', 'export const queue = () => 1;', []],
  ])('in %s: %s', (path, text, expected) => {
    const found = promisedIn([sourceOf(path, text)]);
    expect(found).toEqual(
      expected.map(([name, comment]) => ({
        at: `${path}: ${name}`,
        kind: path === PORT ? 'port' : 'policy',
        comment,
      })),
    );
  });
});

it.each([
  ["z.object({ a: z.string().meta({ description: 'A' }) })", true],
  ["z.object({ a: z.string().meta({ description: 'A' }).nullable() })", true],
  ["z.object({ a: z.string().meta({ example: 'A' }) })", false],
  ['z.strictObject({ a: z.string() })', false],
  ['z.object({ a: named.nullable() })', true],
  ['z.object({ a: bare })', false],
  ["z.object({ a: made('A') })", true],
  ['z.object({ a: shared })', true],
])('finds whether a property is described: %s', (schema, isDescribed) => {
  const declared = `import { shared } from './fields.ts';
    const named = z.string().meta({ description: 'A' });
    const bare = z.string();
    const made = (description) => z.string().meta({ description });
    export const Message = ${schema};`;
  const fields = "export const shared = z.string().meta({ description: 'A' });";
  const sources = [sourceOf(CONTRACT, declared), sourceOf('packages/shared/src/contract/fields.ts', fields)];
  expect(contractProperties(sources)).toEqual([{ at: `${CONTRACT}: a`, isDescribed }]);
});
