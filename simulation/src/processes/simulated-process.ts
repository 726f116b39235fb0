import type { Fate } from '../scenario/fate.ts';

/** A process of the operating system: it may be killed at any moment, or stopped and go on later as if nothing had been. */
export type SimulatedProcess = {
  readonly name: string;
  readonly isDead: () => boolean;
  readonly isFrozen: () => boolean;
  /** How long it has been stopped in all. */
  readonly frozenMs: () => number;
  readonly crash: (why: string) => void;
  readonly freeze: (forMs: number, why: string) => void;
  /** Runs a task of the process: never once it is dead, and not before it wakes. The returned function cancels it. */
  readonly later: (delayMs: number, task: () => void) => () => void;
  readonly every: (ms: number, task: () => void) => () => void;
  /** Sends a request to a server and waits for the answer. What the process gets to see is all that differs from `effect`. */
  readonly call: <T>(call: Call<T>) => Promise<T>;
};

export type Call<T> = {
  /** "engine.startSnapshot part-1" */
  readonly title: () => string;
  readonly fate: Fate;
  /** What the server does, once. */
  readonly effect: () => Promise<T>;
};

export type ProcessEvents = {
  readonly onDeath?: () => void;
  readonly onFreeze?: () => void;
  readonly onWake?: () => void;
};
