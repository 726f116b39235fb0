import { delay } from '../transport/delay.ts';
import { AWAY_MS, mayPass } from './patience.ts';
import { WaitTimeoutError } from './wait-timeout-error.ts';

export type WaitOptions<Data> = {
  /** Called with what each read returned, the last one too. */
  readonly onProgress?: (data: Data) => void;
  /** Ends the wait; it rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Undefined: as long as it takes. */
  readonly withinMs?: number;
  /** How often it is read. Default: 2 s. */
  readonly everyMs?: number;
  /** How long Tandem may be away. Default: 5 min. */
  readonly awayMs?: number;
};

export type Waited<Data> = {
  /** `holdMs`: how long the response may wait for the end, where the API can do that. */
  readonly read: (holdMs: number) => Promise<Data>;
  /** Whether `read` holds. */
  readonly holds: boolean;
  readonly hasEnded: (data: Data) => boolean;
};

const EVERY_MS = 2_000;
/** Well below the time that one request may take. */
const MAX_HOLD_MS = 20_000;
/** Of a server that does not hold. */
const MIN_PAUSE_MS = 100;

/** Reads until it has ended; resolves with what was read last. WaitTimeoutError: that takes longer than `withinMs`. Otherwise rejects as the read does. */
export const waitUntil = async <Data>(
  { read, holds, hasEnded }: Waited<Data>,
  { onProgress, signal, withinMs = Number.POSITIVE_INFINITY, everyMs = EVERY_MS, awayMs = AWAY_MS }: WaitOptions<Data>,
): Promise<Data> => {
  const deadline = performance.now() + withinMs;
  const untilNext = () => Math.max(0, Math.min(everyMs, deadline - performance.now()));
  let hold = 0;
  for (;;) {
    const data = await patiently(() => read(Math.min(MAX_HOLD_MS, Math.round(hold))), { signal, awayMs, everyMs });
    onProgress?.(data);
    if (hasEnded(data)) return data;
    if (performance.now() >= deadline) throw new WaitTimeoutError(withinMs, data);
    hold = untilNext();
    await delay(holds ? Math.min(MIN_PAUSE_MS, hold) : hold, signal);
  }
};

type Patience = { readonly signal: AbortSignal | undefined; readonly awayMs: number; readonly everyMs: number };

const patiently = async <Data>(read: () => Promise<Data>, { signal, awayMs, everyMs }: Patience): Promise<Data> => {
  const until = performance.now() + awayMs;
  for (;;) {
    try {
      return await read();
    } catch (error) {
      signal?.throwIfAborted();
      if (!mayPass(error) || performance.now() + everyMs > until) throw error;
      await delay(everyMs, signal);
    }
  }
};
