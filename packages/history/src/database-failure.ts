import { fail, isFailure } from '@tandem/shared/domain/failure.ts';

/** What a failed statement tells, whichever of pg and Prisma says it. */
type Told = {
  /** SQLSTATE: the server answered, and said no. */
  readonly sqlState?: string;
  /** The unique index or constraint that refused. */
  readonly constraint?: string;
  /** The connection failed: Node's code, Prisma's code, or the adapter's kind. */
  readonly connection?: string;
};

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const CONNECTION_KINDS = new Set(['DatabaseNotReachable', 'ConnectionClosed', 'SocketTimeout', 'TlsConnectionError']);
const PRISMA_CONNECTION_CODES = new Set([
  'P1000',
  'P1001',
  'P1002',
  'P1003',
  'P1008',
  'P1010',
  'P1011',
  'P1017',
  'P2024',
]);

const toldByAdapter = (cause: Fields): Told => {
  const kind = text(cause.kind) ?? '';
  if (CONNECTION_KINDS.has(kind)) return { connection: kind };
  const sqlState = text(cause.originalCode);
  const constraint = text(fields(cause.constraint).index);
  return { ...(sqlState && { sqlState }), ...(constraint && { constraint }) };
};

const toldByServer = (error: Fields): Told => {
  const sqlState = text(error.code);
  const constraint = text(error.constraint);
  return { ...(sqlState && { sqlState }), ...(constraint && { constraint }) };
};

/** pg gives its own time-outs and lost connections no code: a bare Error that neither the server nor Prisma made. */
const isBare = (error: unknown): boolean =>
  error instanceof Error && Object.getPrototypeOf(error) === Error.prototype && !('code' in error);

const told = (error: unknown): Told => {
  const { code, errorCode, syscall, severity, meta } = fields(error);
  const adapter = fields(fields(fields(meta).driverAdapterError).cause);
  if (Object.keys(adapter).length > 0) return toldByAdapter(adapter);
  if (typeof severity === 'string') return toldByServer(fields(error));
  const prisma = text(errorCode) ?? text(code) ?? '';
  if (PRISMA_CONNECTION_CODES.has(prisma)) return { connection: prisma };
  if (typeof syscall === 'string' || error instanceof AggregateError) return { connection: text(code) ?? 'UNKNOWN' };
  if (/^(ERR_TLS|ERR_SSL|CERT_|E[A-Z]+$)/.test(prisma)) return { connection: prisma };
  return isBare(error) ? { connection: 'NO_ANSWER' } : {};
};

/** Class or code of SQLSTATE -> why the statement could not be done now. Source: PostgreSQL, appendix A. */
const REFUSALS: readonly (readonly [string, string])[] = [
  ['08', 'The connection to PostgreSQL failed.'],
  ['25006', 'PostgreSQL is read-only: writes are refused.'],
  ['28', 'PostgreSQL does not let us in: look at the user, its password and pg_hba.conf.'],
  ['3D000', 'The database does not exist in PostgreSQL.'],
  ['40', 'PostgreSQL undid the statement because of another one: try again.'],
  [
    '42501',
    'The role of DATABASE_URL lacks rights in PostgreSQL: run `npm run migrate` with DATABASE_OWNER_URL, which gives them.',
  ],
  ['42P01', 'The database has not been migrated: run `npm run migrate`.'],
  ['53', 'PostgreSQL lacks a resource: look at its disk, memory and connection limit.'],
  ['57', 'PostgreSQL ended the statement: it is stopping, starting, or took too long.'],
  ['58', 'PostgreSQL has trouble with its files.'],
];

/** Why no statement got through, and what to do; anything else is a server that does not answer at all. */
const CONNECTIONS: readonly (readonly [RegExp, string])[] = [
  [/^(P1000|P1010)$/, 'PostgreSQL does not let us in: look at the user and password in DATABASE_URL, and pg_hba.conf.'],
  [/^P1003$/, 'The database that DATABASE_URL names does not exist in PostgreSQL.'],
  [
    /^(P1011|TlsConnectionError|ERR_TLS|ERR_SSL|CERT_)/,
    'TLS with PostgreSQL failed: look at sslmode in DATABASE_URL and at DATABASE_CA_FILE.',
  ],
  [
    /^P2024$/,
    'All connections to PostgreSQL were busy for too long: raise DATABASE_POOL_SIZE, or look for slow statements.',
  ],
];

const noAnswer = (connection: string): string =>
  CONNECTIONS.find(([codes]) => codes.test(connection))?.[1] ??
  `PostgreSQL does not answer (${connection}): check that it runs, and host and port in DATABASE_URL.`;

export const sqlState = (error: unknown): string | undefined => told(error).sqlState;

/** True: the statement would have broken that unique index. */
export const isRefusedBy = (error: unknown, index: string): boolean => {
  const { sqlState, constraint } = told(error);
  return sqlState === '23505' && constraint === index;
};

/** HISTORY_UNREACHABLE where the database does not answer or refuses; anything else comes back as it is. Decided on codes only. */
export const asHistoryFailure = (error: unknown): unknown => {
  if (isFailure(error)) return error;
  const { sqlState, connection } = told(error);
  if (connection !== undefined) {
    return fail('HISTORY_UNREACHABLE', noAnswer(connection), { cause: connection }, error);
  }
  const refusal = REFUSALS.find(([prefix]) => sqlState?.startsWith(prefix));
  return refusal ? fail('HISTORY_UNREACHABLE', refusal[1], { cause: sqlState }, error) : error;
};
