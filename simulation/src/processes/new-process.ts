import { drawDelayMs, type Scene, unsettleUntil } from '../scenario/scene.ts';
import type { Call, ProcessEvents, SimulatedProcess } from './simulated-process.ts';

export const newProcess = (world: Scene, name: string, events: ProcessEvents = {}): SimulatedProcess => {
  const { scheduler, random } = world;
  let dead = false;
  let frozenUntil = 0;
  let frozenMs = 0;
  const never = new Promise<never>(() => undefined);
  const say = (line: () => string) => world.trace?.(`${name}  ${line()}`);

  const crash = (why: string): void => {
    if (dead) return;
    dead = true;
    say(() => `is killed ${why}`);
    events.onDeath?.();
  };

  const freeze = (forMs: number, why: string): void => {
    if (dead || frozenUntil > scheduler.now()) return;
    say(() => `is stopped for ${forMs} ms ${why}`);
    frozenUntil = scheduler.now() + forMs;
    unsettleUntil(world, frozenUntil);
    events.onFreeze?.();
    scheduler.after(forMs, () => {
      frozenMs += forMs;
      const isStoppedAgain = frozenUntil > scheduler.now();
      if (dead || isStoppedAgain) return;
      say(() => 'wakes');
      events.onWake?.();
    });
  };

  const later = (delayMs: number, task: () => void): (() => void) => {
    let prevent: () => void;
    const run = (): void => {
      if (dead) return;
      const leftMs = frozenUntil - scheduler.now();
      if (leftMs > 0) prevent = scheduler.after(leftMs + random.between(0, 3), run);
      else task();
    };
    prevent = scheduler.after(delayMs, run);
    return () => prevent();
  };

  const every = (ms: number, task: () => void): (() => void) => {
    let cancel = () => undefined as unknown;
    const again = (): void => {
      cancel = later(ms, () => {
        task();
        again();
      });
    };
    again();
    return () => void cancel();
  };

  const call = <T>({ title, fate, effect }: Call<T>): Promise<T> => {
    if (dead) return never;
    if (fate.is === 'crash' && fate.when === 'before') {
      crash(`before ${title()}`);
      return never;
    }
    if (fate.is === 'freeze' && fate.when === 'before') freeze(fate.forMs, `before ${title()} is sent`);
    const sentInMs = Math.max(0, frozenUntil - scheduler.now());
    return new Promise<T>((resolve, reject) => {
      const answer = (how: () => void) => void later(drawDelayMs(world), how);
      const refuse = (error: unknown, inMs: number) =>
        void later(inMs, () => {
          say(() => `${title()}: ${describe(error)}`);
          reject(error);
        });
      let isUnderWay = false;
      const takeEffect = async () => {
        if (isUnderWay || isCutOff(sentInMs)) return;
        isUnderWay = true;
        await releaseHeld(world, title);
        say(() => `${title()}${fate.is === 'pass' ? '' : ` (${fate.is})`}`);
        const outcome = await effect().then(
          (value) => () => resolve(value),
          (error: unknown) => {
            say(() => `${title()}: ${describe(error)}`);
            return () => reject(error);
          },
        );
        if (fate.is === 'crash') return crash(`after ${title()} took effect`);
        if (fate.is === 'freeze' && fate.when === 'after') freeze(fate.forMs, `after ${title()} took effect`);
        if (fate.is === 'late') return;
        if (fate.is === 'fail') refuse(fate.error, drawDelayMs(world));
        else answer(outcome);
      };
      if (fate.is === 'fail' && fate.when === 'before') return refuse(fate.error, drawDelayMs(world));
      if (fate.is === 'late') refuse(fate.error, fate.answerInMs);
      if (fate.is === 'late' && fate.effectInMs === undefined) return;
      if (fate.is === 'late' && fate.isHeld) world.heldBack.set(title(), takeEffect);
      const delayMs = fate.is === 'late' || fate.is === 'slow' ? (fate.effectInMs ?? 0) : drawDelayMs(world);
      if (fate.is !== 'pass') unsettleUntil(world, scheduler.now() + sentInMs + delayMs);
      scheduler.after(sentInMs + delayMs, () => void takeEffect());
    });
  };

  /** What a killed process had not sent yet is never sent; what was on its way may have arrived or not. */
  const isCutOff = (sentInMs: number): boolean => dead && (sentInMs > 0 || random.chance(0.5));

  return {
    name,
    isDead: () => dead,
    isFrozen: () => frozenUntil > scheduler.now(),
    frozenMs: () => frozenMs,
    crash,
    freeze,
    later,
    every,
    call,
  };
};

/** The same request that was abandoned before arrives just before this one. */
const releaseHeld = async ({ heldBack }: Scene, title: () => string): Promise<void> => {
  if (heldBack.size === 0) return;
  const held = heldBack.get(title());
  heldBack.delete(title());
  await held?.();
};

const describe = (error: unknown): string => {
  const code = (error as { readonly code?: unknown }).code;
  return typeof code === 'string' ? code : String(error);
};
