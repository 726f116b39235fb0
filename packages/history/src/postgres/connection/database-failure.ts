import { fail, isFailure } from '@tandem/shared/domain/failure/failure.ts';
import { cut } from '../../ports/storable.ts';
import { type ErrorFacts, errorFacts } from './error-facts.ts';

/** Class or code of SQLSTATE -> what to do, first match. Source: PostgreSQL, appendix A. */
const REFUSALS: readonly (readonly [string, string])[] = [
  ['08', 'Check the log of PostgreSQL, or of the pooler in between.'],
  ['25006', 'It is read-only: point DATABASE_URL at the primary, or set default_transaction_read_only to off.'],
  [
    '26000',
    'A pooler in between does not follow prepared statements: set DATABASE_PREPARED_STATEMENTS to auto or off.',
  ],
  ['28', 'Correct user and password in DATABASE_URL, or pg_hba.conf.'],
  ['3D000', 'Create the database, or correct its name in DATABASE_URL.'],
  ['40', 'Another statement was in the way: send the request again.'],
  ['42501', 'Run `npm run migrate` with DATABASE_OWNER_URL: it gives the role of DATABASE_URL its rights.'],
  ['42P01', 'The database has not been migrated: run `npm run migrate`.'],
  [
    '42P05',
    'A pooler in between does not follow prepared statements: set DATABASE_PREPARED_STATEMENTS to auto or off.',
  ],
  ['53100', 'Free disk space.'],
  ['53300', 'Raise its max_connections, or lower DATABASE_POOL_SIZE of the processes.'],
  ['53', 'Give it more of that resource.'],
  ['57014', 'Look for what blocks or slows it, or raise DATABASE_QUERY_TIMEOUT.'],
  ['57', 'It is stopping or starting: see its log, and wait until it runs.'],
  ['58', 'It has trouble with its files: see its log.'],
];

/** The connection's error code, or its message if there is no code, -> what to do. */
const CONNECTIONS: readonly (readonly [RegExp, string])[] = [
  [/^(ERR_TLS|ERR_SSL|CERT_)|CERT|SIGNATURE|CRL|SSL/, 'Correct sslmode in DATABASE_URL, or DATABASE_CA_FILE.'],
  [/^SASL/, 'Correct user and password in DATABASE_URL.'],
];

const LONGEST_WORDS = 500;

const quoted = (words: string | undefined): string => cut(words ?? 'no message', LONGEST_WORDS).replace(/\.$/, '');

const refused = ({ sqlState, words }: ErrorFacts, remedy: string): string =>
  `PostgreSQL answers: ${quoted(words)} (SQLSTATE ${sqlState}). ${remedy}`;

const notReached = ({ connection = '', words, busy, unanswered }: ErrorFacts): string => {
  if (busy !== undefined)
    return `All ${busy} connections to PostgreSQL are in use: raise DATABASE_POOL_SIZE, or look for slow statements.`;
  if (unanswered)
    return `PostgreSQL took a statement and did not answer it (${quoted(words)}). Look for what blocks it: a synchronous standby that is gone, a lock, a full disk, the network.`;
  const remedy = CONNECTIONS.find(([pattern]) => pattern.test(connection) || pattern.test(words ?? ''))?.[1];
  return `PostgreSQL cannot be reached: ${quoted(words)}. ${remedy ?? 'Check that it runs, and host and port in DATABASE_URL.'}`;
};

export const sqlState = (error: unknown): string | undefined => errorFacts(error).sqlState;

/** True: the statement would have violated that unique index. */
export const isRefusedBy = (error: unknown, index: string): boolean => {
  const { sqlState, constraint } = errorFacts(error);
  return sqlState === '23505' && constraint === index;
};

/** A value that it cannot store: of another encoding, or out of range. */
const BAD_VALUE = '22';

/**
 * HISTORY_UNREACHABLE if the database does not respond or refuses, with its message; with `outcome: 'unknown'` if it was sent a write
 * (`writes`) and did not respond. VALUE_REFUSED if it cannot store a value. Other errors are returned unchanged. Decides by codes only.
 */
export const asHistoryFailure = (error: unknown, writes = false): unknown => {
  if (isFailure(error)) return error;
  const failed = errorFacts(error);
  const { sqlState, connection, unanswered } = failed;
  if (connection !== undefined) {
    const outcome = writes && unanswered ? { outcome: 'unknown' } : {};
    return fail('HISTORY_UNREACHABLE', notReached(failed), { cause: connection, ...outcome }, error);
  }
  if (sqlState?.startsWith(BAD_VALUE)) {
    return fail('VALUE_REFUSED', refused(failed, VALUE_REMEDY), { cause: sqlState }, error);
  }
  const refusal = REFUSALS.find(([prefix]) => sqlState?.startsWith(prefix));
  return refusal ? fail('HISTORY_UNREACHABLE', refused(failed, refusal[1]), { cause: sqlState }, error) : error;
};

const VALUE_REMEDY =
  'It cannot store a value of this request: check that the database is UTF8, and send what it can take.';
