import type { ApiKeyRecord } from '@tandem/history/ports/api-keys.ts';

const HEAD = ['ID', 'NAME', 'ROLE', 'STATE', 'EXPIRES', 'LAST USED'];

const minute = (time: Date | undefined): string =>
  time === undefined ? 'never' : time.toISOString().slice(0, 16).replace('T', ' ');

const cells = ({ id, name, role, state, expiresAt, lastUsedAt, replacedBy }: ApiKeyRecord): readonly string[] => [
  ...[id, name, role, replacedBy !== undefined && state === 'live' ? 'replaced' : state],
  ...[minute(expiresAt), minute(lastUsedAt)],
];

/** A line for each key; times in UTC. */
export const keyTable = (keys: readonly ApiKeyRecord[]): string => {
  const rows = [HEAD, ...keys.map(cells)];
  const widths = HEAD.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
};
