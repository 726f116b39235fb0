/** Runs a task at a fixed interval until the returned function is called. Does not keep the process alive. */
export const every = (ms: number, task: () => void): (() => void) => {
  const timer = setInterval(task, ms).unref();
  return () => clearInterval(timer);
};
