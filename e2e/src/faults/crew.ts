import type { AppProcess, Environment } from '../harness/app-process.ts';
import type { World } from '../harness/world.ts';

/** Workers of a world, of which one can be found by the operation that it holds. */
export type Crew = {
  readonly members: readonly AppProcess[];
  readonly join: (changes?: Environment) => Promise<AppProcess>;
  /** Who claimed the create of this backup last. */
  readonly holderOf: (backupId: string) => Promise<AppProcess>;
  /** kill -9 of that one; resolves with it once it is gone. */
  readonly killHolderOf: (backupId: string) => Promise<AppProcess>;
  readonly kill: (member: AppProcess) => Promise<void>;
  /** Starts workers until there are so many. */
  readonly fill: (count: number) => Promise<void>;
  readonly killAll: () => Promise<void>;
};

const HOLDER = `
  SELECT o.worker FROM operation o JOIN backup b ON b.key = o.backup_key WHERE b.backup_id = $1 ORDER BY o.position DESC LIMIT 1`;

export const crewOf = (world: World, standard: Environment): Crew => {
  const members: AppProcess[] = [];
  const join: Crew['join'] = async (changes = {}) => {
    const worker = await world.startWorker({ ...standard, ...changes });
    members.push(worker);
    return worker;
  };
  const holderOf: Crew['holderOf'] = async (backupId) => {
    const [row] = await world.sql(HOLDER, backupId);
    const pid = Number(String(row?.worker).split('/').at(-2));
    const holder = members.find((member) => member.pid === pid);
    if (holder === undefined) throw new Error(`No worker of this test holds ${backupId}: ${row?.worker}`);
    return holder;
  };
  const kill: Crew['kill'] = async (member) => {
    members.splice(members.indexOf(member), 1);
    await member.kill();
  };
  const killHolderOf: Crew['killHolderOf'] = async (backupId) => {
    const holder = await holderOf(backupId);
    await kill(holder);
    return holder;
  };
  const fill: Crew['fill'] = async (count) => {
    await Promise.all(Array.from({ length: Math.max(0, count - members.length) }, () => join()));
  };
  const killAll = async () => {
    await Promise.all(members.splice(0).map((member) => member.kill()));
  };
  return { members, join, holderOf, killHolderOf, kill, fill, killAll };
};
