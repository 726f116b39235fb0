import type { BackupProof } from '@tandem/shared/contract/seals.ts';
import { tamperingLine } from '@tandem/shared/domain/history/verify/tampering.ts';
import { argument, command, shown } from '../../program/command.ts';
import { backupProof } from '../../views/backup/backup-proof.ts';
import { checkProof } from './check-proof.ts';

export const proof = command({
  name: 'proof',
  description:
    'Prove the history of a backup: check here that each of its events leads to the root of its seal. Exit code 1 if anything does not match.',
  arguments: { backupId: argument('backup-id', 'the id of the backup') },
  examples: [
    'tandem history proof nightly-2026-11-22',
    'tandem history proof nightly-2026-11-22 --output json > proof.json',
  ],
  run: async ({ client, args }) => {
    const answer = await client.get('/api/v1/audit/proof/{backupId}', { params: { path: args } });
    // the generated types know no tuples
    const found = answer as BackupProof;
    const wrong = checkProof(found);
    const findings = found.findings.map((one) => tamperingLine({ ...one, seal: one.seal ?? undefined }));
    const isGood = found.intact && wrong.length === 0;
    return shown(found, (data, screen) => backupProof(data, [...findings, ...wrong], screen), {
      exit: isGood ? 'ok' : 'failed',
      notes: wrong.map((line) => `Checked here: ${line}`),
    });
  },
});
