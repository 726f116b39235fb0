import { type RedisSettings, sparingly, withoutCommand } from './redis-connection.ts';

/** The errors of one use of Redis, each from its first occurrence until Redis works again. */
export type RedisTrouble = {
  readonly report: (error: Error) => void;
  /** Redis works again: reports the end of each error reported since the last call, once. */
  readonly over: () => void;
};

/** How many errors are tracked until their end; bounded since texts may hold ids. */
const MAX_KINDS = 20;

export const redisTrouble = ({ onError, onOver }: Pick<RedisSettings, 'onError' | 'onOver'>): RedisTrouble => {
  const reportOnce = sparingly(onError);
  /** BullMQ emits an error of the client again. */
  const counted = new WeakSet<Error>();
  const begun = new Map<string, { readonly error: Error; times: number }>();
  return {
    report: (error) => {
      if (counted.has(error)) return;
      counted.add(error);
      const isReported = reportOnce(error);
      const kind = begun.get(error.message);
      if (kind !== undefined) kind.times += 1;
      else if (isReported && begun.size < MAX_KINDS) begun.set(error.message, { error, times: 1 });
    },
    over: () => {
      const ended = [...begun.values()];
      begun.clear();
      for (const { error, times } of ended) onOver?.(withoutCommand(error), times);
    },
  };
};
