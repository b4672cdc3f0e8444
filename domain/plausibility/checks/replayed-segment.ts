import type { Finding, PlausibilityCheck, Said } from '../check.ts';

const thresholds = { events: 30, differentGaps: 10, leastMs: 1_800_000 };

export const replayedSegment: PlausibilityCheck = {
  id: 'replayed-segment',
  title: { zh: '重放的数据段', en: 'Replayed segment' },
  why: {
    zh: '一段状态与计数与此前一段逐毫秒相同，只是时间平移：像是昨天的数据又发了一遍。',
    en: 'A stretch of states and counts equals an earlier one to the millisecond, only moved: as if yesterday were sent again.',
  },
  source: 'own design; replay detection by equal inter-event times',
  grade: 'C',
  thresholds,
  find({ said }) {
    const findings: Finding[] = [];
    const seen = new Map<number, number>();
    const steps = said.slice(1).map(({ ts, what }, index) => `${ts - (said[index] as Said).ts} ${what}`);
    const hashes = steps.map(hashOf);
    const { events } = thresholds;
    for (let end = events; end <= steps.length; end++) {
      const first = end - events;
      const name = windowOf(hashes, first, end);
      const earlier = seen.getOrInsert(name, first);
      if (earlier + events > first) continue;
      const length = alikeFor(steps, earlier, first);
      end = first + Math.max(1, length) + events - 1;
      const [from, to] = [said[first] as Said, said[first + length] as Said];
      const gaps = new Set(steps.slice(first, first + length).map((step) => step.split(' ', 1)[0])).size;
      // Other steps can have the same hash.
      const isEnough = [
        length >= events,
        gaps >= thresholds.differentGaps,
        to.ts - from.ts >= thresholds.leastMs,
      ];
      if (!isEnough.every(Boolean)) continue;
      const shiftMs = from.ts - (said[earlier] as Said).ts;
      findings.push({ from: from.ts, to: to.ts, evidence: { events: length, differentGaps: gaps, shiftMs } });
    }
    return findings;
  },
};

/** For how many steps both go on alike; the earlier ends where the later begins. */
function alikeFor(steps: readonly string[], earlier: number, later: number): number {
  let length = 0;
  while (earlier + length < later && steps[later + length] === steps[earlier + length]) length++;
  return length;
}

/** FNV-1a; what has the same hash is still compared step by step. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return hash;
}

function windowOf(hashes: readonly number[], first: number, end: number): number {
  let hash = 0;
  for (let at = first; at < end; at++) hash = (Math.imul(hash, 31) + (hashes[at] as number)) | 0;
  return hash;
}
