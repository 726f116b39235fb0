import {
  type EngineFailureCode,
  type EngineFailureData,
  type Failure,
  fail,
} from '@tandem/shared/domain/failure/failure.ts';
import type { Engine } from '../port.ts';

export type EngineMethod = Exclude<keyof Engine, 'close'>;

/** A call of the port as it was made. */
export type EngineCallRecord = { readonly method: EngineMethod; readonly subject: string };

export type CallHooks = {
  /** Awaited before a call takes effect: reject to prevent the call, wait to delay it. */
  readonly before?: (call: EngineCallRecord) => Promise<void> | void;
  /** Awaited after a call took effect: reject to lose its reply. */
  readonly after?: (call: EngineCallRecord) => Promise<void> | void;
};

export type InMemoryCalls = {
  readonly calls: readonly EngineCallRecord[];
  call<T>(method: EngineMethod, subject: string, effect: () => T): Promise<T>;
  failNext(method: EngineMethod, failure: Failure, when?: 'before' | 'after'): void;
  close(): void;
};

export const refuse = (
  code: EngineFailureCode,
  call: EngineMethod,
  what: string,
  more: Partial<EngineFailureData> = {},
): never => {
  throw fail(code, `The engine in memory: ${what}.`, { call, ...more });
};

/** Records calls, runs the hooks around them, and fails those planned to fail. */
export const inMemoryCalls = ({ before, after }: CallHooks): InMemoryCalls => {
  const calls: EngineCallRecord[] = [];
  const planned = new Map<string, Failure[]>();
  let closed = false;

  const throwPlanned = (method: EngineMethod, when: 'before' | 'after'): void => {
    const failure = planned.get(`${when} ${method}`)?.shift();
    if (failure !== undefined) throw failure;
  };

  const requireOpen = (method: EngineMethod): void => {
    if (closed) refuse('ENGINE_UNREACHABLE', method, 'it was closed');
  };

  return {
    calls,
    async call(method, subject, effect) {
      const record = { method, subject };
      calls.push(record);
      requireOpen(method);
      throwPlanned(method, 'before');
      await before?.(record);
      requireOpen(method);
      const result = effect();
      await after?.(record);
      throwPlanned(method, 'after');
      return result;
    },
    failNext(method, failure, when = 'before') {
      const key = `${when} ${method}`;
      planned.set(key, [...(planned.get(key) ?? []), failure]);
    },
    close() {
      closed = true;
    },
  };
};
