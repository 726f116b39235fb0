import { nameList } from '@tandem/shared/domain/name-list.ts';
import type { Schemas } from '../../connect/schemas.ts';
import { asOptions } from '../../output/as-options.ts';
import type { Screen } from '../../output/screen.ts';
import { stacked, table } from '../../output/table.ts';
import { amount, bytes, counted, span, utc } from '../../output/units.ts';
import { hanging } from '../../output/wrapped.ts';
import { INDEX_CLASSES } from './index-classes.ts';

export type StoredPlan = Schemas['StoredPlan'];

/** Longer lists are read with --list. */
const MAX_LISTED = 20;
const MAX_FOUND = 10;

/** A plan as an operator reviews it: what is deleted first, what blocks it last, where a terminal ends. */
export const restorePlan = (plan: StoredPlan, screen: Screen, { safetyBackup = true } = {}): string =>
  [
    header(plan, screen),
    deletions(plan, screen, safetyBackup),
    restored(plan, screen),
    kept(plan, screen),
    leftOut(plan, screen),
    aliases(plan, screen),
    templates(plan, screen),
    warnings(plan, screen),
    blockers(plan, screen),
    end(plan, screen),
  ]
    .filter((block) => block !== '')
    .join('\n\n');

const header = (
  { backupId, optimizeVersion, repository, request, parts, plannedAt }: StoredPlan,
  { style }: Screen,
) => {
  const { target } = request;
  const where = target === undefined ? 'in place' : `as ${target.renameReplacement} (${target.renamePattern})`;
  return stacked(
    style.strong(`Restore of ${backupId}, ${where}`),
    `Optimize ${optimizeVersion}, repository ${repository}, planned ${utc(plannedAt)} UTC`,
    ...parts.map(
      ({ number, snapshotName, skipped }) => `part ${number}  ${snapshotName}${skipped ? '  (skipped)' : ''}`,
    ),
  );
};

const deletions = (plan: StoredPlan, screen: Screen, safetyBackup: boolean) => {
  const { counts, deletes } = plan;
  if (counts.delete === 0) return screen.style.strong('Deletes nothing.');
  const title = screen.style.bad(`Deletes ${counted(counts.delete, 'index', 'indices')}`);
  const lines = names(deletes, counts.delete, 'delete', plan, ({ index }) => index);
  return stacked(`${title} (${saved(plan, safetyBackup)}):`, ...lines);
};

const saved = ({ counts, request }: StoredPlan, safetyBackup: boolean): string => {
  const lost = Math.min(counts.delete, request.acceptUnsaved?.length ?? 0);
  if (!safetyBackup || lost === counts.delete) return 'WITHOUT a safety backup';
  return lost === 0 ? 'a safety backup is taken first' : `a safety backup is taken first, without the ${lost} accepted`;
};

const COLUMNS = [
  { head: 'index', min: 30 },
  { head: 'part' },
  { head: 'documents', align: 'right' },
  { head: 'size', align: 'right' },
] as const;

const restored = (plan: StoredPlan, screen: Screen) => {
  const { counts, restores } = plan;
  const title = screen.style.strong(`Restores ${counted(counts.restore, 'index', 'indices')}`);
  if (counts.restore === 0) return `${title}.`;
  const shown = restores.slice(0, MAX_LISTED);
  const rows = shown.map(({ part, as, documents, bytes: size }) => [
    ...[as, `part ${part}`],
    ...[documents === null ? '-' : amount(documents), bytes(size)],
  ]);
  const drawn = table(COLUMNS, rows, { ...screen, width: screen.width - 2 });
  return stacked(
    `${title}: ${figures(plan)}`,
    ...drawn.split('\n').map((line) => `  ${line}`),
    ...more(shown.length, counts.restore, 'restore', plan),
  );
};

const figures = ({ documents, bytes: size, estimatedDurationMs }: StoredPlan): string =>
  [
    documents === null ? 'number of documents not recorded' : counted(documents, 'document'),
    size === null ? 'size not recorded' : bytes(size),
    estimatedDurationMs === null ? 'duration unknown' : `about ${span(estimatedDurationMs)}`,
  ].join(', ');

/** Those of this Optimize are only counted: the blockers and the list of deletions name them. */
const kept = (plan: StoredPlan, { style }: Screen) => {
  const { counts, keep } = plan;
  if (counts.keep === 0) return '';
  const others = keep.filter((one) => one.class !== 'known');
  const title = counts.keep === 1 ? '1 index stays as it is' : `${amount(counts.keep)} indices stay as they are`;
  if (others.length === 0) return stacked(style.strong(`${title}.`), ...listHint(plan));
  const shown = others.slice(0, MAX_LISTED).map((one) => `  ${one.index}  (${INDEX_CLASSES[one.class]})`);
  const isAll = shown.length === counts.keep;
  return stacked(style.strong(`${title}${isAll ? ':' : ', among them:'}`), ...shown, ...(isAll ? [] : listHint(plan)));
};

const listHint = ({ planHash }: StoredPlan): readonly string[] => [
  `  all of them: tandem restore plan --stored ${planHash} --list keep`,
];

const leftOut = (plan: StoredPlan, { style }: Screen) => {
  const { counts, notRestored } = plan;
  if (counts.notRestored === 0) return '';
  const title = style.warning(`Leaves out ${counted(counts.notRestored, 'index', 'indices')} of the backup:`);
  const line = ({ index, why }: StoredPlan['notRestored'][number]) => `${index}  (${INDEX_CLASSES[why]})`;
  return stacked(title, ...names(notRestored, counts.notRestored, 'notRestored', plan, line));
};

const names = <Entry>(
  entries: readonly Entry[],
  count: number,
  list: string,
  plan: StoredPlan,
  line: (entry: Entry) => string,
): readonly string[] => {
  const shown = entries.slice(0, MAX_LISTED);
  return [...shown.map((entry) => `  ${line(entry)}`), ...more(shown.length, count, list, plan)];
};

const more = (shown: number, count: number, list: string, { planHash }: StoredPlan): readonly string[] =>
  count <= shown
    ? []
    : [`  and ${amount(count - shown)} more: tandem restore plan --stored ${planHash} --list ${list}`];

const aliases = ({ aliasesLeftOff }: StoredPlan, { style }: Screen) => {
  if (aliasesLeftOff.length === 0) return '';
  const title = style.warning(
    `Leaves off ${counted(aliasesLeftOff.length, 'alias', 'aliases')}; before you start Optimize, send:`,
  );
  return stacked(
    title,
    ...aliasesLeftOff.slice(0, MAX_LISTED).map(({ add }) => `  ${add}`),
    ...tail(aliasesLeftOff.length),
  );
};

const tail = (count: number): readonly string[] =>
  count <= MAX_LISTED ? [] : [`  and ${amount(count - MAX_LISTED)} more: --output json lists them`];

const templates = ({ templates: found }: StoredPlan, { style, width }: Screen) => {
  const { missing = [], changed = [] } = found ?? {};
  const lines = [
    ...(missing.length === 0 ? [] : hanging('  missing  ', nameList(missing, { max: MAX_FOUND }), width)),
    ...(changed.length === 0 ? [] : hanging('  changed  ', nameList(changed, { max: MAX_FOUND }), width)),
  ];
  return lines.length === 0
    ? ''
    : stacked(style.strong('Index templates (--restore-templates puts them back):'), ...lines);
};

const warnings = ({ warnings: found }: StoredPlan, { style, width }: Screen) => {
  if (found.length === 0) return '';
  const lines = found.flatMap(({ code, message }) => indented(`${code}: `, asOptions(message), 2, width));
  return stacked(style.warning(counted(found.length, 'warning')), ...lines);
};

const blockers = ({ blockers: found }: StoredPlan, { style, width }: Screen) => {
  if (found.length === 0) return '';
  const lines = found.flatMap((blocker, nth) => blockerLines(blocker, nth + 1, width));
  return stacked(style.bad(`Blocked: ${counted(found.length, 'blocker')}`), ...lines);
};

const blockerLines = ({ code, message, found, remedy }: StoredPlan['blockers'][number], nth: number, width: number) => [
  ...indented(`${nth}. ${code}: `, asOptions(message), 2, width),
  ...(found.length === 0 ? [] : indented('found: ', nameList(found, { max: MAX_FOUND }), 5, width)),
  ...indented('to do: ', asOptions(remedy), 5, width),
];

const indented = (head: string, text: string, by: number, width: number): readonly string[] =>
  hanging('', `${head}${text}`, width - by - 2).map((line, nth) => `${' '.repeat(nth === 0 ? by : by + 2)}${line}`);

const end = ({ planHash, blockers: found }: StoredPlan, { style }: Screen) =>
  stacked(
    `Plan hash ${planHash}`,
    found.length === 0 ? style.good('Nothing blocks this restore.') : style.bad('This restore does not start.'),
  );
