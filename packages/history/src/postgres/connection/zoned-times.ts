import pg from 'pg';

const { TIMESTAMPTZ } = pg.types.builtins;

/** `2026-01-01 05:45:00.123456+05:45` as PostgreSQL writes it in JSON. */
const inIso = (text: string): string => text.replace(' ', 'T').replace(/([+-]\d\d)$/, '$1:00');

/**
 * The query with times that keep their zone: Prisma's adapter (7.10) reads a time as UTC whatever its offset says, which is wrong wherever
 * PostgreSQL's TimeZone is another.
 */
export const withZones = <Query extends pg.QueryArrayConfig | pg.QueryConfig>(query: Query): Query => {
  const { types } = query;
  if (types === undefined) return query;
  const getTypeParser: typeof types.getTypeParser = (oid, format) =>
    oid === TIMESTAMPTZ && format !== 'binary' ? inIso : types.getTypeParser(oid, format);
  return { ...query, types: { getTypeParser } };
};
