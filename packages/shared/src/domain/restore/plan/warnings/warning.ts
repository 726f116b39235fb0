export const WARNING_CODES = [
  'OTHER_CLUSTER',
  'NO_MANIFEST',
  'VERSION_UNKNOWN',
  'VERSION_ASSUMED',
  'TWO_METADATA_INDICES',
  'PART_EMPTY',
  'INDEX_VERSIONS_UNKNOWN',
  'NOT_COMPARABLE',
  'NOT_RESTORED',
  'BOTH_FORMS',
  'INCONSISTENT_SELECTION',
  'ALIASES_LEFT_OFF',
  'SELECTION_ASSUMED',
  'INDICES_DELETED',
  'NO_WAY_BACK',
  'DELETES_UNMEASURED',
  'REPOSITORY_NOT_WRITABLE',
  'REPOSITORY_UNVERIFIED',
  'BACKUP_UNVERIFIED',
  'REHEARSAL_FAILED',
  'RED_INDICES',
  'READ_ONLY_ALLOW_DELETE',
  'ALLOCATION_LIMITED',
  'AWARENESS_LIMITED',
  'TIER_ABSENT',
  'SHARDS_PER_NODE',
  'DISK_SHORT',
  'ALLOCATION_UNKNOWN',
  'SHARDS_UNKNOWN',
  'CAPACITY_UNKNOWN',
  'CONDITIONS_UNKNOWN',
  'TEMPLATES_OVERLAP',
  'TEMPLATES_UNKNOWN',
] as const;
export type WarningCode = (typeof WARNING_CODES)[number];

/** What does not keep a restore from starting, and should be known before it. */
export type PlanWarning = { readonly code: WarningCode; readonly message: string };

/** A warning; the message names what was found. */
export const warning = (code: WarningCode, message: string): PlanWarning => ({ code, message });

/** One warning with what was found; none if nothing was found. */
export const warningOf = (
  code: WarningCode,
  found: readonly string[],
  message: (found: readonly string[]) => string,
): readonly PlanWarning[] => (found.length === 0 ? [] : [warning(code, message(found))]);
