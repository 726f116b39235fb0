import { omitUndefined } from '@tandem/shared/domain/omit-undefined.ts';
import { NotConnected, Unanswered } from './unanswered.ts';

/** The facts of a failed statement, from an error of pg or Prisma. */
export type ErrorFacts = {
  /** SQLSTATE: the server responded with an error. */
  readonly sqlState?: string;
  /** PostgreSQL's own message, or that of the connection. */
  readonly words?: string;
  /** The violated unique index or constraint. */
  readonly constraint?: string;
  /** The connection failed: Node's code, or `NO_ANSWER`. */
  readonly connection?: string;
  /** It was sent, and it is unknown whether it took effect. */
  readonly unanswered?: true;
  /** The size of the pool, if all of its connections are in use. */
  readonly busy?: number | undefined;
};

type Fields = Readonly<Record<string, unknown>>;

const fields = (value: unknown): Fields => (typeof value === 'object' && value !== null ? (value as Fields) : {});
const text = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

const factsOfAdapter = (cause: Fields): ErrorFacts =>
  omitUndefined({
    sqlState: text(cause.originalCode),
    words: text(cause.originalMessage),
    constraint: text(fields(cause.constraint).index),
  });

const factsOfServer = (error: Fields): ErrorFacts =>
  omitUndefined({ sqlState: text(error.code), words: text(error.message), constraint: text(error.constraint) });

/** pg gives its own time-outs and lost connections no code: a bare Error that neither the server nor Prisma made. */
const isBare = (error: unknown): boolean =>
  error instanceof Error && Object.getPrototypeOf(error) === Error.prototype && !('code' in error);

const CODES_OF_NODE = /^(ERR_TLS|ERR_SSL|CERT_|[A-Z]+_[A-Z_]*(CERT|SIGNATURE|CRL)|E[A-Z]+$)/;

/** Each address of a host name that was tried has its own error. */
const wordsOf = (error: unknown): string | undefined =>
  text(fields(error).message) ?? (error instanceof AggregateError ? text(fields(error.errors[0]).message) : undefined);

const factsOfConnection = (error: unknown): ErrorFacts => {
  const { code, syscall } = fields(error);
  const words = wordsOf(error);
  const known = typeof syscall === 'string' || error instanceof AggregateError || CODES_OF_NODE.test(text(code) ?? '');
  if (known) return omitUndefined({ connection: text(code) ?? 'UNKNOWN', words });
  return isBare(error) ? omitUndefined({ connection: 'NO_ANSWER', words }) : {};
};

/** The SQLSTATE of its cause is not conclusive: a pooler lost PostgreSQL, or PostgreSQL was stopping. */
const factsOfUnanswered = (cause: unknown): ErrorFacts => {
  const { sqlState: _, ...rest } = errorFacts(cause);
  return { connection: 'NO_ANSWER', ...rest, unanswered: true };
};

export const errorFacts = (error: unknown): ErrorFacts => {
  if (error instanceof Unanswered) return factsOfUnanswered(error.cause);
  if (error instanceof NotConnected) return omitUndefined({ ...errorFacts(error.cause), busy: error.busy });
  const { severity, meta } = fields(error);
  const adapter = fields(fields(fields(meta).driverAdapterError).cause);
  if (Object.keys(adapter).length > 0) return factsOfAdapter(adapter);
  if (typeof severity === 'string') return factsOfServer(fields(error));
  return factsOfConnection(error);
};
