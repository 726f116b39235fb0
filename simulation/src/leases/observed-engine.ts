type Send = (...args: readonly never[]) => Promise<unknown>;

/** Calls `before` right before each of these calls is sent. */
export const beforeEach = <T extends object>(
  engine: T,
  calls: readonly (keyof T & string)[],
  before: (call: string, args: readonly unknown[]) => void,
): T => ({
  ...engine,
  ...Object.fromEntries(
    calls.map((call) => [
      call,
      (...args: never[]) => {
        before(call, args);
        return (engine[call] as Send)(...args);
      },
    ]),
  ),
});

/** "the deleteSnapshot of part-1" */
export const describeCall = (call: string, args: readonly unknown[]): string => {
  const [first, second] = args;
  const { name, snapshot } = (first ?? {}) as { readonly name?: string; readonly snapshot?: string };
  const ofSnapshot = call === 'deleteSnapshot' ? second : (name ?? snapshot);
  const subject = ofSnapshot ?? (Array.isArray(first) || typeof first === 'string' ? String(first) : '');
  return `the ${call} of ${subject}`;
};
