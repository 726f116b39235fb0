import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));
const SOURCES = ['{apps,packages}/*/src/**/*.ts', '{bench,simulation}/src/**/*.ts'];
const IS_ELSEWHERE =
  /\.test\.ts$|\.fixture\.ts$|\/(generated|conformance|testing)\/|conformance\.ts$|^packages\/local-stack\//;

/** Why something other than work and a timer is raced. */
const OTHER_RACES: Readonly<Record<string, string>> = {
  'bench/src/main.ts': 'the benchmarks and a signal to stop',
  'bench/src/stack/program.ts': 'the first message of a process and its death',
  'packages/engine/src/rest/transport/deadline.ts': 'a call and its signal, which also aborts it',
  'packages/client/src/follow/backup-events.ts': 'the client imports nothing of Tandem',
  'packages/runtime/src/process/run-until-stopped.ts': 'a signal to stop and an error that ends the process',
  'packages/shared/src/domain/time-limit.ts': 'this is how it is done',
};

const sources = globSync(SOURCES, { cwd: root }).filter((file) => !IS_ELSEWHERE.test(file));

/** The lines of all sources that match, as "file: line". */
const linesWith = (pattern: RegExp): readonly string[] =>
  sources.flatMap((file) =>
    readFileSync(`${root}${file}`, 'utf8')
      .split('\n')
      .filter((line) => pattern.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );

describe('the sources', () => {
  it('name the profile only where it is defined', () => {
    const named = linesWith(
      /\bprofiles?(\.|: \[?')optimize\b|^import \{[^}]*\boptimize\b[^}]*\} from '[^']*\/profile\.ts'/,
    );
    expect(named).toEqual([]);
  });

  it('leave out what is undefined by omitUndefined', () => {
    const spread = linesWith(/([\w.]+) === undefined \? \{\} : \{ (\w+: )?\1 \}|\(\[, (\w+)\]\) => \3 !== undefined\)/);
    expect(spread.map((line) => line.split(':')[0])).toEqual(['packages/shared/src/domain/omit-undefined.ts']);
  });

  it('limit the time of work by withTimeLimit', () => {
    const files = linesWith(/\bPromise\.race\(/).map((line) => line.split(':')[0]);
    expect(files.sort()).toEqual(Object.keys(OTHER_RACES).sort());
  });
});
