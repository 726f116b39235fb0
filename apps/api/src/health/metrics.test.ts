import { readFileSync } from 'node:fs';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { HistoryFigures } from '@tandem/history/ports/summary.ts';
import { inMemoryQueue } from '@tandem/queue/in-memory/queue.ts';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.ts';

const setUp = async (change: Partial<HistoryFigures> = {}) => {
  const history = inMemoryHistory({ now: () => new Date() });
  const { queue } = inMemoryQueue();
  const figures = async () => ({ ...(await history.figures()), ...change });
  const metrics = createMetrics({ figures, line: () => history.readLine([]), queueHealth: () => queue.health() });
  return (await metrics.text()).body.split('\n');
};

describe('the metrics of the API', () => {
  it('are those of docs/operations.md', async () => {
    const page = readFileSync(new URL('../../../../docs/operations.md', import.meta.url), 'utf8');
    const [, section = ''] = /### API\n(.*?)\n###/s.exec(page) ?? [];
    const documented = [...section.matchAll(/^\| `(\w+)`/gm)].map(([, name]) => name);
    const names = (await setUp()).flatMap((line) => /^# TYPE (tandem_\w+)/.exec(line)?.[1] ?? []);
    expect(documented.toSorted()).toEqual(names.toSorted());
  });

  it('are named by the conventions of Prometheus: _total for counters alone, seconds as the unit', async () => {
    const types = (await setUp()).flatMap((line) => {
      const [, name, type] = /^# TYPE (tandem_\w+) (\w+)/.exec(line) ?? [];
      return name === undefined ? [] : [{ name, type }];
    });
    expect(types.length).toBeGreaterThan(20);
    for (const { name, type } of types) {
      expect([name, name.endsWith('_total')]).toEqual([name, type === 'counter']);
      expect(name).not.toMatch(/_(ms|millis|milliseconds|minutes|hours)(_|$)/);
      if (/_(age|duration)(_|$)/.test(name)) expect(name).toMatch(/_(age|duration)_seconds$/);
    }
  });

  it('label an open operation with the failure class of its last error', async () => {
    const row = { kind: 'create', state: 'WAITING', count: 3, oldestSeconds: 1 } as const;
    expect(await setUp({ openOperations: [{ ...row, errorClass: 'operator' }] })).toContain(
      'tandem_open_operations{kind="create",state="WAITING",failure_class="operator"} 3',
    );
  });

  it('have the age of the oldest open operation by kind and state, whatever its last error', async () => {
    const row = { kind: 'restore', state: 'WAITING', count: 1 } as const;
    const lines = await setUp({
      openOperations: [
        { ...row, errorClass: 'none', oldestSeconds: 500 },
        { ...row, errorClass: 'operator', oldestSeconds: 20 },
      ],
    });
    expect(lines).toContain('tandem_open_operation_age_seconds{kind="restore",state="WAITING"} 500');
  });

  it('have the age of the last full proof, and none where there is none', async () => {
    expect(await setUp({ lastFullProofAgeSeconds: 7 })).toContain('tandem_last_full_proof_age_seconds 7');
    expect(await setUp()).toContain('tandem_last_full_proof_age_seconds Nan');
  });
});
