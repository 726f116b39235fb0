/*
 * What happened to the nth of so many backups, oldest first; everything else is made from it. Chance is a hash of the number, so that any
 * two fills hold the same.
 */

/** How far back the history goes. */
const YEARS = 8;

/** From one backup to the next. */
const stepOf = (backups: number): string => `(interval '${YEARS} years' / ${backups})`;

/** Ids that are used again and again; one in ten backups has one of them, and each of those but the newest is deleted. */
export const reusedIds = (backups: number): number => Math.max(10, Math.round(backups / 20_000));

/** How many backups later one with such an id is deleted: half way to the next. Ends in the same digit. */
const deletedAfter = (backups: number): number => 10 * Math.ceil(reusedIds(backups) / 2);

/** Index lists repeat: so many contents of a second part. */
export const indexLists = (backups: number): number => Math.max(20, Math.round(backups / 1_000));

const chance = (seed: number, below: number): string => `(hashint8extended(nth, ${seed}) & 2147483647) % ${below}`;

const millisecondsOf = (time: string): string => `(extract(epoch FROM ${time}) * 1000)::bigint`;

/** Sorts by time, as those that Tandem makes; the kinds of one backup differ. */
export const operationId = (time: string, kind: 0 | 1 | 2, nth: string): string =>
  `(lpad(to_hex(${millisecondsOf(time)}), 12, '0') || '700${kind}8' || lpad(to_hex(${nth}), 15, '0'))::uuid`;

export const REHEARSED_AT = `at + interval '2 hours'`;

/** 22 characters, as engines give them. */
export const snapshotUuid = (nth: string, part: string): string => `left(md5(${nth} || '/' || ${part}), 22)`;

export const digestOf = (text: string): string => `decode(md5(${text}) || md5('~' || ${text}), 'hex')`;

/** Rows of a table expression `life`, in order. `$1` is the first, `$2` the last, `$3` the time of the newest. */
export const lives = (backups: number): string => {
  const reused = reusedIds(backups);
  const later = deletedAfter(backups);
  return `
  facts AS (
    SELECT nth, $3::timestamptz - (${backups} - nth) * step AS at, $3::timestamptz - (${backups} - nth - ${later}) * step AS removal, is_reused,
      is_reused AND nth <= ${backups} - ${10 * reused} AS is_deleted, ${chance(1, 1000)} AS who, ${chance(2, 1000)} AS how,
      ${chance(3, 25)} AS someone, (CASE WHEN is_reused THEN nth / 10 % ${reused} ELSE nth END) % 12 AS place,
      make_interval(secs => 40 + ${chance(4, 900)}) AS took
    FROM (
      SELECT nth, nth % 10 = 3 AS is_reused, ${stepOf(backups)} AS step FROM generate_series($1::bigint, $2::bigint) nth
    ) numbers
  ), life AS (
    SELECT *, at + took AS ended, 'cluster-' || place AS cluster, 'backups-' || place AS repository, 'repository-uuid-' || place AS repository_uuid,
      '8.' || 4 + nth * 4 / ${backups} || '.' || nth * 40 / ${backups} % 10 AS version,
      CASE WHEN is_reused THEN 'nightly-' || nth / 10 % ${reused} ELSE 'run-' || to_char(at AT TIME ZONE 'UTC', 'YYYYMMDD') || '-' || nth END AS id,
      NOT is_reused AND who < 270 AS is_found,
      CASE WHEN is_open THEN 'IN_PROGRESS' WHEN how < 25 THEN 'FAILED' WHEN how < 33 THEN 'INCOMPLETE' WHEN how < 37 THEN 'INCOMPATIBLE'
        ELSE 'COMPLETED' END AS state,
      NOT is_open AND NOT is_reused AND how >= 37 AND nth % 50 = 7 AS is_proven,
      CASE WHEN who < 800 AND NOT is_reused THEN jsonb_build_object('kind', 'system', 'name', CASE WHEN who < 270 THEN 'sweep' ELSE 'schedule' END)
        ELSE jsonb_build_object('kind', 'anonymous', 'address', '10.0.0.' || someone + 1) END AS actor
    FROM (SELECT *, NOT is_reused AND who >= 270 AND nth > ${backups} - 5 AS is_open FROM facts) opened
  ), named AS (
    SELECT *, ${operationId('at', 0, 'nth')} AS created_by, lpad(to_hex(nth), 32, '0') AS request_id,
      'camunda_optimize_' || id || '_' || version || '_part_' AS snapshot
    FROM life
  )`;
};

/** Of those lives, the one that is deleted at the time of each: its own `at` is its deletion's. */
export const deletions = (backups: number): string => `
  removed AS (
    SELECT l.nth, l.id, l.removal AS at, l.snapshot, ${operationId('l.removal', 1, 'l.nth')} AS deleted_by, l.cluster, l.repository,
      l.nth + ${deletedAfter(backups)} AS slot
    FROM named l WHERE l.is_deleted
  )`;
