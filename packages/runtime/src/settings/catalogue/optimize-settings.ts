import { checkBackupId } from '@tandem/shared/domain/backup/backup-id.ts';
import { row } from '../setting.ts';
import { choice, lowerCaseName, repositoryName, text, url } from './setting-kinds.ts';

const optimizeVersion = text.refine((value) => {
  return checkBackupId(value.toLowerCase()).ok && value.length <= 64;
}, 'may contain only letters, digits, "." and "-", without "../..", at most 64 characters');

/** Optimize, and where its backups go. */
export const optimizeSettings = {
  repository: row({
    environment: 'CAMUNDA_OPTIMIZE_BACKUP_REPOSITORY_NAME',
    yaml: 'backup.repositoryName',
    schema: repositoryName,
    default: undefined,
    about: 'Snapshot repository that backups are written to. Without it backups are refused.',
  }),
  optimizeVersion: row({
    environment: 'CAMUNDA_OPTIMIZE_VERSION',
    yaml: 'optimize.version',
    schema: optimizeVersion,
    default: undefined,
    about: "Version used in snapshot names; without it, the one in Optimize's metadata index.",
  }),
  optimizeUrl: row({
    environment: 'CAMUNDA_OPTIMIZE_URL',
    yaml: 'optimize.url',
    schema: url('http', 'https'),
    default: undefined,
    secret: true,
    about: 'URL of Optimize. While it responds, no restore in place begins. Without it this is not checked.',
  }),
  optimizeGatewayError: row({
    environment: 'CAMUNDA_OPTIMIZE_GATEWAY_ERROR',
    yaml: 'optimize.gatewayError',
    schema: choice(['running', 'stopped']),
    default: 'running',
    about:
      'What 502, 503 and 504 from `CAMUNDA_OPTIMIZE_URL` mean. Set `stopped` if the URL leads to an ingress, which responds with these when no Optimize is behind it.',
  }),
  indexPrefix: row({
    environment: 'CAMUNDA_OPTIMIZE_INDEX_PREFIX',
    yaml: 'optimize.indexPrefix',
    schema: lowerCaseName,
    default: 'optimize',
    about: "Prefix of Optimize's index names.",
  }),
};
