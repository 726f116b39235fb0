/**
 * The names of Optimize's indices, without prefix, version and rollover suffix: the union of the lists of Optimize 3.9 and 8.8. Compared with
 * optimize-indices.json by a test.
 */
export const STATIC_NAMES: readonly string[] = [
  'alert',
  'business-key',
  'collection',
  'combined-report',
  'dashboard',
  'dashboard-share',
  'decision-definition',
  'event',
  'event-process-definition',
  'event-process-mapping',
  'event-process-publish-state',
  'external-process-variable',
  'import-index',
  'instant-dashboard',
  'license',
  'metadata',
  'onboarding-state',
  'position-based-import-index',
  'process-definition',
  'process-overview',
  'report-share',
  'settings',
  'single-decision-report',
  'single-process-report',
  'tenant',
  'terminated-user-session',
  'timestamp-based-import-index',
  'variable-label',
  'variable-update-instance',
];

/** Families of indices, one for each key: `process-instance-<process definition key>`. A key may hold anything, catalogue names too. */
export const DYNAMIC_FAMILIES: readonly string[] = [
  'camunda-activity-event',
  'decision-instance',
  'event-process-instance',
  'event-sequence-count',
  'event-trace-state',
  'process-instance',
];

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
