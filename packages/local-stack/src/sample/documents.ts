import { optimizeIndices, optimizeVersion } from './catalogue.ts';
import { definitionsAndReports } from './definitions.ts';
import { asDate, DATA_SOURCE, DECISION, type ProcessInstance, processInstances } from './instances.ts';
import type { SampleDocument } from './sample-document.ts';

const INSTALLATION_ID = '2e7f4f3c-54b5-4a3c-9d38-0c0f6a1f7c11';

/** Every third invoice was evaluated by the decision. */
const decisionInstances = (instances: readonly ProcessInstance[]): SampleDocument[] =>
  instances
    .filter((_, position) => position % 3 === 0)
    .map(({ document, startMs }) => ({
      name: 'decision-instance-assignapprover',
      id: `d-${document.processInstanceId}`,
      source: {
        decisionInstanceId: `d-${document.processInstanceId}`,
        decisionDefinitionId: DECISION.id,
        decisionDefinitionKey: DECISION.key,
        decisionDefinitionVersion: DECISION.version,
        processInstanceId: document.processInstanceId,
        evaluationDateTime: asDate(startMs + 500),
        inputs: [
          { id: 'in-1', clauseId: 'amount', name: 'Amount', type: 'Double', value: document.variables[0]?.value },
        ],
        outputs: [{ id: 'out-1', clauseId: 'approver', name: 'Approver', type: 'String', value: 'accounting' }],
        collectResultValue: null,
        tenantId: null,
      },
    }));

/** The activities of every fourth instance, as the event-based processes read them. */
const activityEvents = (instances: readonly ProcessInstance[]): SampleDocument[] =>
  instances
    .filter((_, position) => position % 4 === 0)
    .flatMap(({ document }) =>
      document.flowNodeInstances.map((node, order) => ({
        name: 'camunda-activity-event-invoice',
        id: node.flowNodeInstanceId,
        source: {
          activityId: node.flowNodeId,
          activityName: node.flowNodeId,
          activityType: node.flowNodeType,
          processInstanceId: document.processInstanceId,
          timestamp: node.startDate,
          orderCounter: String(order + 1),
          canceled: false,
        },
      })),
    );

const perInstance = ({ document }: ProcessInstance): SampleDocument[] => {
  const { processInstanceId, businessKey, variables } = document;
  const amount = variables[0];
  return [
    { name: 'process-instance-invoice', id: processInstanceId, source: document },
    { name: 'business-key', id: processInstanceId, source: { processInstanceId, businessKey } },
    {
      name: 'variable-update-instance',
      id: amount?.id ?? processInstanceId,
      source: {
        instanceId: amount?.id,
        name: amount?.name,
        type: amount?.type,
        value: [amount?.value],
        processInstanceId,
        tenantId: null,
        timestamp: document.startDate,
      },
    },
  ];
};

type Position = { type: string; count: number; newest: string | undefined };

/** How far the import has come. These documents are part 1 of a backup and must agree with the data of part 2. */
const importPositions = (positions: readonly Position[], definitions: number): SampleDocument[] => [
  {
    name: 'import-index',
    id: `processDefinitionImportIndex-${DATA_SOURCE.name}`,
    source: { engine: DATA_SOURCE.name, importIndex: definitions },
  },
  ...positions.flatMap(({ type, count, newest }) => {
    const common = {
      esTypeIndexRefersTo: type,
      timestampOfLastEntity: newest ?? null,
      lastImportExecutionTimestamp: newest ?? null,
    };
    return [
      {
        name: 'timestamp-based-import-index',
        id: `${type}-${DATA_SOURCE.name}`,
        source: { ...common, dataSource: DATA_SOURCE },
      },
      {
        name: 'position-based-import-index',
        id: `${type}-zeebe-record-1`,
        source: {
          ...common,
          positionOfLastEntity: String(count),
          dataSource: { type: 'zeebe', name: 'zeebe-record', partitionId: 1 },
        },
      },
    ];
  }),
];

const newestOf = (documents: readonly SampleDocument[], field: string): string | undefined =>
  documents.reduce<string | undefined>((newest, { source }) => {
    const date = String(source[field]);
    return newest === undefined || date > newest ? date : newest;
  }, undefined);

/**
 * All documents of a small Optimize, the same for the same options. The last one is the metadata: where it is, all others are.
 * `processInstances` says how many; about five documents come with each.
 */
export const sampleDocuments = (options: { processInstances: number; seed: number }): SampleDocument[] => {
  const instances = processInstances(options.processInstances, options.seed);
  const decisions = decisionInstances(instances);
  const events = activityEvents(instances);
  const definitions = definitionsAndReports(instances[0]?.document.startDate ?? asDate(0));
  const positions = importPositions(
    [
      { type: 'process-instance', count: instances.length, newest: instances.at(-1)?.document.startDate },
      { type: 'decision-instance', count: decisions.length, newest: newestOf(decisions, 'evaluationDateTime') },
      { type: 'camunda-activity-event', count: events.length, newest: newestOf(events, 'timestamp') },
    ],
    definitions.filter(({ name }) => name.endsWith('-definition')).length,
  );
  const metadata = { schemaVersion: optimizeVersion, installationId: INSTALLATION_ID };
  return [
    ...instances.flatMap(perInstance),
    ...decisions,
    ...events,
    ...definitions,
    ...positions,
    { name: 'metadata', id: '1', source: metadata },
  ];
};

/** The names that documents may carry. */
export const sampleNames = (): string[] => optimizeIndices('optimize').map(({ name }) => name);
