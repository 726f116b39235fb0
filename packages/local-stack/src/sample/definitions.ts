import { DATA_SOURCE, DECISION, PROCESS } from './instances.ts';
import type { SampleDocument } from './sample-document.ts';

const bpmn = `<?xml version="1.0" encoding="UTF-8"?><definitions><process id="${PROCESS.key}" name="${PROCESS.name}"/></definitions>`;
const dmn = `<?xml version="1.0" encoding="UTF-8"?><definitions><decision id="${DECISION.key}" name="${DECISION.name}"/></definitions>`;

const people = (at: string) => ({ created: at, lastModified: at, owner: 'demo', lastModifier: 'demo' });

const reportData = (view: string) => ({
  configuration: { color: '#1991c8', showInstanceCount: true },
  view: { entity: 'processInstance', properties: [view] },
  groupBy: { type: 'startDate', value: { unit: 'month' } },
  filter: [],
});

/** What users created in Optimize and what its engine deployed: one or two of everything, created at the given date. */
export const definitionsAndReports = (at: string): SampleDocument[] => {
  const document = (name: string, id: string, source: Record<string, unknown>): SampleDocument => ({
    name,
    id,
    source,
  });
  const processReport = (id: string, name: string, view: string) =>
    document('single-process-report', id, {
      id,
      name,
      ...people(at),
      data: { ...reportData(view), managementReport: false },
    });
  return [
    document('process-definition', PROCESS.id, {
      ...PROCESS,
      versionTag: null,
      tenantId: null,
      dataSource: DATA_SOURCE,
      deleted: false,
      onboarded: true,
      bpmn20Xml: bpmn,
      flowNodeData: [{ id: 'approveInvoice', name: 'Approve invoice', type: 'userTask' }],
      userTaskNames: { approveInvoice: 'Approve invoice' },
    }),
    document('decision-definition', DECISION.id, {
      ...DECISION,
      versionTag: null,
      tenantId: null,
      dataSource: DATA_SOURCE,
      deleted: false,
      dmn10Xml: dmn,
      inputVariableNames: [{ id: 'amount', name: 'Amount', type: 'Double' }],
      outputVariableNames: [{ id: 'approver', name: 'Approver', type: 'String' }],
    }),
    document('event-process-definition', 'event-process-1', {
      id: 'event-process-1',
      key: 'order-to-cash',
      version: '1',
      name: 'Order to cash',
      bpmn20Xml: bpmn,
      onboarded: false,
    }),
    document('event-process-mapping', 'mapping-1', {
      id: 'mapping-1',
      name: 'Order to cash',
      xml: bpmn,
      ...people(at),
      mappings: {},
      roles: [],
    }),
    document('event-process-publish-state', '6f1c', {
      id: '6f1c',
      processMappingId: 'mapping-1',
      name: 'Order to cash',
      publishDateTime: at,
      state: 'published',
      publishProgress: 100,
      deleted: false,
      xml: bpmn,
    }),
    document('event-process-instance-6f1c', 'trace-1', {
      pendingFlowNodeInstanceUpdates: [],
      correlatedEventsById: { e1: {} },
    }),
    processReport('report-count', 'Invoices per month', 'frequency'),
    processReport('report-duration', 'Time to approval', 'duration'),
    document('single-decision-report', 'report-approver', {
      id: 'report-approver',
      name: 'Who approves',
      ...people(at),
      data: reportData('frequency'),
    }),
    document('combined-report', 'report-both', {
      id: 'report-both',
      name: 'Count and duration',
      data: { visualization: 'line', configuration: {}, reports: [{ id: 'report-count', color: '#1991c8' }] },
    }),
    document('dashboard', 'dashboard-1', {
      id: 'dashboard-1',
      name: 'Accounts payable',
      ...people(at),
      refreshRateSeconds: '60',
      reports: [{ id: 'report-count', position: { x: 0, y: 0 } }],
      collectionId: 'collection-1',
      managementDashboard: false,
    }),
    document('dashboard-share', 'share-1', { id: 'share-1', dashboardId: 'dashboard-1', reportShares: [] }),
    document('report-share', 'share-2', { id: 'share-2', reportId: 'report-count', position: [{ x: 0, y: 0 }] }),
    document('collection', 'collection-1', {
      id: 'collection-1',
      name: 'Finance',
      ...people(at),
      automaticallyCreated: false,
      data: {
        configuration: {},
        roles: [{ id: 'USER:demo', role: 'manager' }],
        scope: [{ id: `process:${PROCESS.key}` }],
      },
    }),
    document('alert', 'alert-1', {
      id: 'alert-1',
      name: 'Too many open invoices',
      reportId: 'report-count',
      emails: ['finance@example.org'],
      threshold: 500,
      thresholdOperator: '>',
      triggered: false,
      checkInterval: { value: 10, unit: 'minutes' },
    }),
    document('process-overview', PROCESS.key, {
      processDefinitionKey: PROCESS.key,
      owner: 'demo',
      lastKpiEvaluationResults: {},
      digest: { enabled: false, kpiReportResults: {} },
    }),
    document('variable-label', PROCESS.key, {
      definitionKey: PROCESS.key,
      labels: [{ variableLabel: 'Net amount', variableName: 'amount', variableType: 'Double' }],
    }),
    document('event', 'event-1', {
      id: 'event-1',
      eventName: 'OrderPlaced',
      traceId: 'trace-1',
      timestamp: at,
      ingestionTimestamp: at,
      group: 'shop',
      source: 'web',
      data: { total: 42 },
    }),
    document('event-trace-state-external', 'trace-1', {
      traceId: 'trace-1',
      eventTrace: [{ eventId: 'event-1', eventName: 'OrderPlaced' }],
    }),
    document('event-sequence-count-external', 'shop:OrderPlaced', {
      id: 'shop:OrderPlaced',
      sourceEvent: { group: 'shop', source: 'web', eventName: 'OrderPlaced' },
      count: 1,
    }),
    document('external-process-variable', 'external-1', {
      variableId: 'external-1',
      variableName: 'discount',
      variableType: 'Double',
      variableValue: { raw: '0.1' },
      processDefinitionKey: PROCESS.key,
      ingestionTimestamp: at,
    }),
    document('license', 'license', { license: 'no license key is part of the sample data' }),
    document('onboarding-state', 'demo:whatsNew', { id: 'demo:whatsNew', key: 'whatsNew', userId: 'demo', seen: true }),
    document('settings', '1', {
      metadataTelemetryEnabled: false,
      sharingEnabled: true,
      lastModified: at,
      lastModifier: 'demo',
    }),
    document('tenant', 'tenant-1', { id: 'tenant-1', name: 'Head office', engine: DATA_SOURCE.name }),
    document('terminated-user-session', 'session-1', { id: 'session-1', terminationTimestamp: at }),
  ];
};
