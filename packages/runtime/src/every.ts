/** A task every so many milliseconds until the answered function is called; it alone keeps no process alive. */
export const every = (ms: number, task: () => void): (() => void) => {
  const timer = setInterval(task, ms).unref();
  return () => clearInterval(timer);
};
