const LOOK_MS = 500;
// as early as this module is loaded: an installation comes before the first step
const parent = process.ppid;

/**
 * Calls `onGone` once when the process that started this one has ended. A signal to npm, or to a shell that npm starts, need not reach us.
 * The function that it returns ends the watch; the watch keeps no process alive.
 */
export const watchParent = (onGone) => {
  const timer = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(timer);
    onGone();
  }, LOOK_MS);
  timer.unref();
  return () => clearInterval(timer);
};
