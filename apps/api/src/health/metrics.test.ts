import { readFileSync } from 'node:fs';
import { inMemoryHistory } from '@tandem/history/in-memory/history.ts';
import type { HistoryFigures } from '@tandem/history/ports/history.ts';
import { inMemoryQueue } from '@tandem/queue/in-memory.ts';
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
