/**
 * What an index of Optimize holds. positions: how far each import has come. imported: what the import writes, from an engine or by the ingestion
 * API, and what it computes from that. user: what users make in Optimize, which no imported data depends on. metadata: schema version and
 * installation id. settings: what applies to the whole installation.
 */
export const INDEX_CONTENTS = ['positions', 'imported', 'user', 'metadata', 'settings'] as const;
export type IndexContent = (typeof INDEX_CONTENTS)[number];

/**
 * What is in each of Optimize's indices, by name without prefix, version and rollover suffix: the union of the lists of Optimize 3.9 and 8.8.
 * Compared with optimize-indices.json by a test; docs/restore.md has the same table.
 */
export const STATIC_CONTENTS = {
  alert: 'user',
  'business-key': 'imported',
  collection: 'user',
  'combined-report': 'user',
  dashboard: 'user',
  'dashboard-share': 'user',
  'decision-definition': 'imported',
  event: 'imported',
  'event-process-definition': 'imported',
  // made by users, but published processes and their instances refer to it
  'event-process-mapping': 'imported',
  'event-process-publish-state': 'imported',
  'external-process-variable': 'imported',
  'import-index': 'positions',
  'instant-dashboard': 'user',
  license: 'settings',
  metadata: 'metadata',
  'onboarding-state': 'settings',
  'position-based-import-index': 'positions',
  'process-definition': 'imported',
  'process-overview': 'user',
  'report-share': 'user',
  settings: 'settings',
  'single-decision-report': 'user',
  'single-process-report': 'user',
  tenant: 'imported',
  'terminated-user-session': 'settings',
  'timestamp-based-import-index': 'positions',
  'variable-label': 'user',
  'variable-update-instance': 'imported',
} as const satisfies Readonly<Record<string, IndexContent>>;

export const STATIC_NAMES: readonly string[] = Object.keys(STATIC_CONTENTS);

/**
 * What is in each family of indices, one index for each key: `process-instance-<process definition key>`. A key may hold anything, catalogue names
 * too.
 */
export const DYNAMIC_CONTENTS = {
  'camunda-activity-event': 'imported',
  'decision-instance': 'imported',
  'event-process-instance': 'imported',
  'event-sequence-count': 'imported',
  'event-trace-state': 'imported',
  'process-instance': 'imported',
} as const satisfies Readonly<Record<string, IndexContent>>;

export const DYNAMIC_FAMILIES: readonly string[] = Object.keys(DYNAMIC_CONTENTS);

/** Aliases that Optimize only reads by: the indices of a family share one, and none of them takes its writes. Without prefix. */
export const READ_ALIASES: readonly string[] = ['process-instance', 'decision-instance'];

/** What every installation of Optimize has of its own: an index of one of these names is evidence of one. */
export const METADATA_NAME = 'metadata';
export const IMPORT_POSITION_NAMES: readonly string[] = [
  'import-index',
  'timestamp-based-import-index',
  'position-based-import-index',
];

/** Other components that name their indices `<prefix>-<component>-…` or `<prefix>-<component>_…`. */
export const OTHER_COMPONENTS: readonly string[] = [
  'operate',
  'tasklist',
  'zeebe',
  'zeebe-record',
  'camunda',
  'identity',
  'connectors',
];
