import { useEffect, useState } from 'preact/hooks';

const MINUTE_MS = 60_000;
const TICK_MS = 250;
/** More than these wait for the next tick, so that many ages at once are no long task. */
const AT_ONCE = 80;

interface Aging {
  due: number;
  readonly grown: () => void;
}
const waiting = new Set<Aging>();
let timer: ReturnType<typeof setInterval> | undefined;

function tick(): void {
  const now = Date.now();
  let told = 0;
  for (const aging of waiting) {
    if (aging.due > now) continue;
    // Drawing waits for its next step itself; this is for a clock that was set meanwhile.
    aging.due = now + 1000;
    aging.grown();
    if (++told >= AT_ONCE) return;
  }
}

function wait(aging: Aging): () => void {
  waiting.add(aging);
  timer ??= setInterval(tick, TICK_MS);
  return () => {
    waiting.delete(aging);
    if (waiting.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** Steps in which an age is told: seconds in the first minute, where they are wanted, then minutes. */
export function steppedAge(
  ageMs: number,
  seconds: boolean,
): { readonly age: number; readonly nextMs: number } {
  const age = Math.max(0, ageMs);
  const step = age < MINUTE_MS && seconds ? 1000 : MINUTE_MS;
  const stepped = Math.floor(age / step) * step;
  return { age: stepped, nextMs: stepped + step - ageMs };
}

/** How long since `since` by the service's clock, which is `skewMs` ahead; drawn again only when the next step is reached. */
export function useAge(
  since: string | null,
  { skewMs, seconds }: { readonly skewMs: number; readonly seconds: boolean },
): number | null {
  const [, draw] = useState(0);
  const begun = since === null ? null : Date.parse(since);
  const now = Date.now();
  const { age, nextMs } = steppedAge(begun === null ? 0 : now + skewMs - begun, seconds);
  useEffect(() => {
    if (begun === null) return;
    const aging: Aging = { due: now + nextMs, grown: () => draw(Date.now()) };
    return wait(aging);
  }, [begun, seconds, age]);
  return begun === null ? null : age;
}
