import { canonicalJson } from '../../canonical-json.ts';
import { nameList } from '../../name-list.ts';
import type { RestoreRequest } from './plan-facts.ts';
import type { RestorePlan } from './planned-restore.ts';
import { requestOptions } from './restore-plan-hash.ts';

/** A plan and the request it was made for. */
export type PlannedRequest = { readonly request: RestoreRequest; readonly plan: RestorePlan };

export const MAX_FACTS = 20;

/** `options`: what was sent differently than planned. `facts`: what changed in the cluster; `more`: how many of them are left out. */
export type PlanDifference = {
  readonly options: readonly string[];
  readonly facts: readonly string[];
  readonly more: number;
};

/** How the plan now differs from the one that was reviewed: options, and a line for each fact that is new or gone. */
export const planDifference = (reviewed: PlannedRequest, now: PlannedRequest): PlanDifference => {
  const [before, after] = [factLines(reviewed), factLines(now)];
  const facts = [
    ...[...after].filter((line) => !before.has(line)).map((line) => `new: ${line}`),
    ...[...before].filter((line) => !after.has(line)).map((line) => `gone: ${line}`),
  ];
  return { options: optionDifference(reviewed.request, now.request), ...cutFacts(facts) };
};

/** At most MAX_FACTS of them; `more`: how many are not listed. */
export const cutFacts = (facts: readonly string[]): Pick<PlanDifference, 'facts' | 'more'> => ({
  facts: facts.slice(0, MAX_FACTS),
  more: Math.max(0, facts.length - MAX_FACTS),
});

/** `deleteExisting: planned true, sent false`. */
const optionDifference = (planned: RestoreRequest, sent: RestoreRequest): readonly string[] => {
  const now: Readonly<Record<string, unknown>> = requestOptions(sent);
  return Object.entries(requestOptions(planned))
    .filter(([name, value]) => canonicalJson(value) !== canonicalJson(now[name]))
    .map(([name, value]) => `${name}: planned ${valueText(value)}, sent ${valueText(now[name])}`);
};

const valueText = (value: unknown): string =>
  Array.isArray(value) ? `[${nameList(value.map((name) => JSON.stringify(name)))}]` : canonicalJson(value);

const factLines = ({ plan }: PlannedRequest): ReadonlySet<string> =>
  new Set([
    ...plan.blockers.map(({ code, found }) => `blocker ${code}: ${nameList(found)}`),
    ...plan.parts.map(({ snapshot, uuid }) => `snapshot ${snapshot} (uuid ${uuid ?? 'none'})`),
    ...plan.deletes.map(
      ({ index, uuid, operations }) => `deletion of ${index} (uuid ${uuid}, operations ${operations ?? 'unmeasured'})`,
    ),
    ...plan.restores.map(({ index, as }) => `restore of ${index} as ${as}`),
  ]);
