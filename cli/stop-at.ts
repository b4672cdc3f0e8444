/** A terminal tells Ctrl-C to all that it started, and a launcher or npm passes it on: so long, another one is the same. */
const SAME_WITHIN_MS = 1_000;

/** Aborts `stop` with the first signal, so that all is brought to an end in order; one that comes later ends the process at once. */
export function stopAt(signal: NodeJS.Signals, stop: AbortController): void {
  process.once(signal, () => {
    const ignore = () => {};
    process.on(signal, ignore);
    setTimeout(() => process.off(signal, ignore), SAME_WITHIN_MS).unref();
    stop.abort(signal);
  });
}
