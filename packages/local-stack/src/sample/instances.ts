import { type Random, seededRandom } from './random.ts';

export const PROCESS = { key: 'invoice', id: 'invoice:2:a1f5', version: '2', name: 'Invoice receipt' } as const;
export const DECISION = {
  key: 'assignApprover',
  id: 'assignApprover:1:77c0',
  version: '1',
  name: 'Assign approver',
} as const;
export const DATA_SOURCE = { type: 'engine', name: 'camunda-bpm' } as const;

const FIRST_START = Date.UTC(2025, 0, 6, 8);
const flowNodes = [
  ['startEvent', 'StartEvent_1', 'Invoice received'],
  ['userTask', 'assignApprover', 'Assign approver'],
  ['userTask', 'approveInvoice', 'Approve invoice'],
  ['exclusiveGateway', 'invoiceApproved', 'Invoice approved?'],
  ['userTask', 'prepareBankTransfer', 'Prepare bank transfer'],
  ['serviceTask', 'archiveInvoice', 'Archive invoice'],
  ['endEvent', 'invoiceProcessed', 'Invoice processed'],
] as const;
const creditors = ['Great Pizza for Everyone Inc.', 'Papa Steve’s all you can eat', 'Bobby’s Office Supplies'] as const;

/** A moment as Optimize writes it: yyyy-MM-dd'T'HH:mm:ss.SSSZ. */
export const asDate = (millis: number): string => new Date(millis).toISOString().replace('Z', '+0000');

const identifier = (random: Random): string => {
  const part = (digits: number) => Array.from({ length: digits }, () => random.between(0, 15).toString(16)).join('');
  return `${part(8)}-${part(4)}-4${part(3)}-8${part(3)}-${part(12)}`;
};

const flowNodeInstance = (random: Random, position: number, start: number, isLast: boolean) => {
  const [flowNodeType, flowNodeId] = flowNodes[position] ?? flowNodes[0];
  const duration = flowNodeType === 'userTask' ? random.between(60_000, 7_200_000) : random.between(1, 900);
  const end = isLast ? null : start + duration;
  return {
    flowNodeInstanceId: identifier(random),
    flowNodeId,
    flowNodeType,
    startDate: asDate(start),
    endDate: end === null ? null : asDate(end),
    totalDurationInMs: end === null ? null : duration,
    canceled: false,
    ...(flowNodeType === 'userTask' ? { assignee: random.pick(['demo', 'john', 'mary', 'peter']) } : {}),
  };
};

const variables = (random: Random) => [
  {
    id: identifier(random),
    name: 'amount',
    type: 'Double',
    value: (random.between(500, 250_000) / 100).toFixed(2),
    version: 1,
  },
  { id: identifier(random), name: 'creditor', type: 'String', value: random.pick(creditors), version: 1 },
  { id: identifier(random), name: 'approved', type: 'Boolean', value: String(random.next() < 0.8), version: 1 },
];

const incident = (random: Random, activityId: string, startMs: number) => ({
  id: identifier(random),
  createTime: asDate(startMs + 1_000),
  endTime: null,
  incidentType: 'failedJob',
  activityId,
  incidentMessage: 'The archive does not answer',
  incidentStatus: 'open',
});

/** One instance with its nested activities, variables and incidents. `startMs` is kept beside the document, for sums. */
export type ProcessInstance = ReturnType<typeof processInstance>;

const processInstance = (random: Random, startMs: number) => {
  const isCompleted = random.next() < 0.85;
  const steps = isCompleted ? flowNodes.length : random.between(1, flowNodes.length - 1);
  const flowNodeInstances: ReturnType<typeof flowNodeInstance>[] = [];
  let at = startMs;
  for (let position = 0; position < steps; position += 1) {
    const node = flowNodeInstance(random, position, at, !isCompleted && position === steps - 1);
    flowNodeInstances.push(node);
    at += node.totalDurationInMs ?? 0;
  }
  const id = identifier(random);
  const hasIncident = !isCompleted && random.next() < 0.2;
  return {
    startMs,
    document: {
      processDefinitionKey: PROCESS.key,
      processDefinitionVersion: PROCESS.version,
      processDefinitionId: PROCESS.id,
      processInstanceId: id,
      businessKey: `invoice-${random.between(10_000, 99_999)}`,
      startDate: asDate(startMs),
      endDate: isCompleted ? asDate(at) : null,
      duration: isCompleted ? at - startMs : null,
      state: isCompleted ? 'COMPLETED' : 'ACTIVE',
      tenantId: null,
      dataSource: DATA_SOURCE,
      flowNodeInstances,
      variables: variables(random),
      incidents: hasIncident ? [incident(random, flowNodeInstances.at(-1)?.flowNodeId ?? '', at)] : [],
    },
  };
};

/** Process instances in the order of their start. The first n are the same for every count above n. */
export const processInstances = (count: number, seed: number): ProcessInstance[] => {
  const random = seededRandom(seed);
  let startMs = FIRST_START;
  return Array.from({ length: count }, () => {
    startMs += random.between(30_000, 1_800_000);
    return processInstance(random, startMs);
  });
};
