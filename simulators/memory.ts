/** How a process's memory went, over a run of any length. */
export interface MemoryReport {
  /** Resident set at the first and the last look, and the greatest. */
  readonly firstMb: number;
  readonly lastMb: number;
  readonly peakMb: number;
  /** Of the line through all looks after the first tenth of the time; `null`: too few, or less than ten minutes. */
  readonly slopeMbPerHour: number | null;
}

/** A look; times in ms. */
export interface MemoryLook {
  readonly at: number;
  readonly mb: number;
}

const KEPT = 512;
/** A process still grows while it warms up: a shorter run says nothing of an hour. */
const SHORTEST_MS = 600_000;

/** Watches memory in bounded memory: where there are too many looks, every second one stays. */
export function watchMemory(look: () => MemoryLook, everyMs: number) {
  let looks: MemoryLook[] = [];
  let stepMs = everyMs;
  let next = Number.NEGATIVE_INFINITY;
  let peakMb = 0;
  return {
    /** Looks, where it is time. */
    look(): void {
      const seen = look();
      peakMb = Math.max(peakMb, seen.mb);
      if (seen.at < next) return;
      next = seen.at + stepMs;
      looks.push(seen);
      if (looks.length < KEPT) return;
      looks = looks.filter((_, index) => index % 2 === 0);
      stepMs *= 2;
    },
    get kept(): number {
      return looks.length;
    },
    report(): MemoryReport {
      const { at: from = 0, mb: firstMb = 0 } = looks[0] ?? {};
      const { at: to = 0, mb: lastMb = 0 } = looks.at(-1) ?? {};
      const later = looks.filter(({ at }) => at >= from + (to - from) / 10);
      const slope = to - from < SHORTEST_MS ? null : slopeOf(later);
      return { firstMb, lastMb, peakMb, slopeMbPerHour: slope === null ? null : slope * 3_600_000 };
    },
  };
}

/** Least squares, MB per ms. */
function slopeOf(looks: readonly MemoryLook[]): number | null {
  if (looks.length < 3) return null;
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const at = mean(looks.map((look) => look.at));
  const mb = mean(looks.map((look) => look.mb));
  const spread = looks.reduce((sum, look) => sum + (look.at - at) ** 2, 0);
  return spread === 0 ? null : looks.reduce((sum, look) => sum + (look.at - at) * (look.mb - mb), 0) / spread;
}

export const ownMemory = (): MemoryLook => ({
  at: performance.now(),
  mb: process.memoryUsage.rss() / 2 ** 20,
});
