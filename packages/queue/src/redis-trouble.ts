import { type RedisSettings, sparingly, withoutCommand } from './redis-connection.ts';

/** What is wrong with one use of Redis, from its first error to its end. */
export type RedisTrouble = {
  readonly report: (error: Error) => void;
  /** Works again: the end of each error that was told since the last time is told, once. */
  readonly over: () => void;
};

/** Whose ends are told; texts may hold ids. */
const MOST_KINDS = 20;

export const redisTrouble = ({ onError, onOver }: Pick<RedisSettings, 'onError' | 'onOver'>): RedisTrouble => {
  const told = sparingly(onError);
  /** BullMQ emits an error of the client once more. */
  const counted = new WeakSet<Error>();
  const begun = new Map<string, { readonly error: Error; times: number }>();
  return {
    report: (error) => {
      if (counted.has(error)) return;
      counted.add(error);
      const isTold = told(error);
      const kind = begun.get(error.message);
      if (kind !== undefined) kind.times += 1;
      else if (isTold && begun.size < MOST_KINDS) begun.set(error.message, { error, times: 1 });
    },
    over: () => {
      const ended = [...begun.values()];
      begun.clear();
      for (const { error, times } of ended) onOver?.(withoutCommand(error), times);
    },
  };
};
