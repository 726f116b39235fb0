import {
  createOfPart,
  type EngineGate,
  type GateRequest,
  indexListing,
  type Match,
} from '../harness/services/engine-gate.ts';

/** A call of a worker to the engine in the course of one create; what it did, when it is let through, is in `sent`. */
export type Step = {
  readonly name: string;
  readonly match: (backupId: string, gate: EngineGate) => Match;
  /** What becomes of the call when its worker is killed. */
  readonly fate: 'lose' | 'lose the answer';
};

/** At all parts: a worker that starts reads the newest snapshot alone, for the mark of the history. */
const isLook =
  (backupId: string): Match =>
  ({ method, path }) =>
    method === 'GET' &&
    path.startsWith('/_snapshot/') &&
    [1, 2].every((part) => path.includes(`_${backupId}_`) && path.includes(`_part_${part}_of_2`));

const isRepositoryRead: Match = ({ method, path }) => method === 'GET' && /^\/_snapshot\/[^/?]+(\?|$)/.test(path);

const wasSent = (gate: EngineGate, match: Match) => gate.seen.some(match);

/** `match`, and so far only parts up to `part` have been sent. */
const during =
  (part: number, match: (backupId: string) => Match) =>
  (backupId: string, gate: EngineGate): Match =>
  (asked: GateRequest) => {
    const sent = [1, 2].filter((number) => wasSent(gate, createOfPart(backupId, number)));
    return match(backupId)(asked) && Math.max(0, ...sent) === part;
  };

const create =
  (part: number) =>
  (backupId: string): Match =>
    createOfPart(backupId, part);

export const stepsOfACreate: readonly Step[] = [
  { name: 'the first look', match: during(0, isLook), fate: 'lose' },
  { name: 'the look at the repository before part 1', match: during(0, () => isRepositoryRead), fate: 'lose' },
  { name: 'the create of part 1, not sent', match: create(1), fate: 'lose' },
  { name: 'the create of part 1, accepted', match: create(1), fate: 'lose the answer' },
  { name: 'the look while part 1 runs', match: during(1, isLook), fate: 'lose' },
  { name: 'the look at the repository after part 1', match: during(1, () => isRepositoryRead), fate: 'lose' },
  { name: 'the indices of part 2', match: during(1, () => indexListing), fate: 'lose' },
  { name: 'the create of part 2, not sent', match: create(2), fate: 'lose' },
  { name: 'the create of part 2, accepted', match: create(2), fate: 'lose the answer' },
  { name: 'the look while part 2 runs', match: during(2, isLook), fate: 'lose' },
];
