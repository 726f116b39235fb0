/** The results of a check, from good to bad. `notKnown`: it could not be checked, which is never a failure. */
export const DOCTOR_RESULTS = ['ok', 'notKnown', 'warn', 'fail'] as const;
export type DoctorResult = (typeof DOCTOR_RESULTS)[number];

export const DOCTOR_AREAS = ['settings', 'postgresql', 'redis', 'engine', 'repository', 'optimize', 'tandem'] as const;
export type DoctorArea = (typeof DOCTOR_AREAS)[number];

/** Every check with the part that it is about, in the order of the report. docs/doctor.md has a row for each. */
const CHECKS = {
  settings: 'settings',
  'settings-advice': 'settings',
  exposure: 'settings',
  tls: 'settings',
  postgresql: 'postgresql',
  'postgresql-writable': 'postgresql',
  'postgresql-migrations': 'postgresql',
  'postgresql-rights': 'postgresql',
  'postgresql-clock': 'postgresql',
  redis: 'redis',
  'redis-permissions': 'redis',
  'redis-eviction': 'redis',
  'redis-persistence': 'redis',
  'redis-memory': 'redis',
  'redis-owner': 'redis',
  'redis-clock': 'redis',
  engine: 'engine',
  'engine-cluster': 'engine',
  'engine-versions': 'engine',
  'engine-privileges': 'engine',
  'engine-disk': 'engine',
  'engine-shards': 'engine',
  'engine-allocation': 'engine',
  'engine-blocks': 'engine',
  'engine-health': 'engine',
  'engine-clock': 'engine',
  repository: 'repository',
  'repository-writable': 'repository',
  'repository-location': 'repository',
  'repository-limit': 'repository',
  'optimize-version': 'optimize',
  'optimize-indices': 'optimize',
  'history-rollback': 'tandem',
  worker: 'tandem',
  'api-keys': 'tandem',
} as const satisfies Readonly<Record<string, DoctorArea>>;

export type DoctorCheck = keyof typeof CHECKS;
export const DOCTOR_CHECKS = Object.keys(CHECKS) as readonly DoctorCheck[];

/** The part of the installation that a check is about. */
export const areaOf = (check: DoctorCheck): DoctorArea => CHECKS[check];

/** What a result is based on: names and numbers, never a secret. */
export type Evidence = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export type Finding = {
  readonly check: DoctorCheck;
  readonly result: DoctorResult;
  /** One sentence: what was found. */
  readonly summary: string;
  /** What to do. Undefined: nothing. */
  readonly remedy: string | undefined;
  readonly evidence: Evidence;
};

/** Nothing to do. */
export const ok = (check: DoctorCheck, summary: string, evidence: Evidence = {}): Finding => ({
  ...{ check, result: 'ok', summary, remedy: undefined, evidence },
});

const found =
  (result: DoctorResult) =>
  (check: DoctorCheck, summary: string, remedy: string | undefined, evidence: Evidence = {}): Finding => ({
    ...{ check, result, summary, remedy, evidence },
  });

/** Works, and should be fixed. */
export const warn = found('warn');
/** Backups or restores fail, or will. */
export const failed = found('fail');
/** Could not be checked. */
export const notKnown = found('notKnown');
