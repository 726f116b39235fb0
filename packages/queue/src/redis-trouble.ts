import { type RedisSettings, sparingly, withoutCommand } from './redis-connection.ts';

/** What is wrong with one use of Redis, from its first error to its end. */
export type RedisTrouble = {
  readonly report: (error: Error) => void;
  /** Works again: the end of what was reported since the last time is told, once. */
  readonly over: () => void;
};

export const redisTrouble = ({ onError, onOver }: Pick<RedisSettings, 'onError' | 'onOver'>): RedisTrouble => {
  const told = sparingly(onError);
  let last: Error | undefined;
  let times = 0;
  return {
    report: (error) => {
      last = error;
      times += 1;
      told(error);
    },
    over: () => {
      if (last !== undefined) onOver?.(withoutCommand(last), times);
      last = undefined;
      times = 0;
    },
  };
};
