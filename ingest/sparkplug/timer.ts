/** Calls back once after a while; returns how to stop that. Tests move it by hand. */
export type StartTimer = (ms: number, callback: () => void) => () => void;

/** By the process's own clock; it doesn't keep the process alive. */
export const startTimer: StartTimer = (ms, callback) => {
  const timer = setTimeout(callback, ms);
  timer.unref();
  return () => clearTimeout(timer);
};
