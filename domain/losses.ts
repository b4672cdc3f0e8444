import type { CatalogueEntry } from './catalogue-entry.ts';
import { plannedBusyMs } from './formula.ts';
import type { LedgerSums, TimeClass } from './ledger-row.ts';
import { CLASS_NAMES } from './names.ts';
import { ratioOf } from './ratio.ts';
import type { DurationUs } from './time.ts';

const ISO_22400 = 'ISO 22400-2 (GB/T 34044.2-2017), time elements';
const SPLIT =
  'ISO 22400-2, effectiveness and quality ratio in terms of time; docs: semantics of the time ledger';

/** A step of the way from planned busy time down to productive time. */
export interface LossStep extends CatalogueEntry {
  /** `total`: what is left here; `loss`: what is taken away. */
  readonly kind: 'total' | 'loss';
  /** As ISO 22400-2 writes it, or `null` where it has no word for it. */
  readonly symbol: string | null;
  /** `null`: the ledger can't tell, for want of an ideal cycle or of any count. */
  us(sums: LedgerSums): DurationUs | null;
}

const ofClass = (id: TimeClass, symbol: string | null): LossStep => ({
  id,
  kind: 'loss',
  title: CLASS_NAMES[id],
  symbol,
  source: symbol === null ? 'semantics "The time ledger": silence is neither idle nor running' : ISO_22400,
  us: ({ ms }) => BigInt(ms[id]) * 1000n,
});

/** Where no count was ever heard nothing is known of pieces, so running time isn't split either. */
const split = ({ runningUs, flags }: LedgerSums) => (flags.includes('no-count') ? null : runningUs);

/** The loss waterfall, top to bottom; page, report and dashboards draw this one. */
export const LOSS_STEPS: readonly LossStep[] = [
  {
    id: 'plannedBusy',
    kind: 'total',
    title: { zh: '计划工作时间', en: 'Planned busy time' },
    symbol: 'PBT',
    source: ISO_22400,
    us: ({ ms }) => BigInt(plannedBusyMs(ms)) * 1000n,
  },
  ofClass('breakdown', 'ADET'),
  ofClass('changeover', 'AUST'),
  ofClass('delay', 'ADET'),
  ofClass('minorStop', 'ADET'),
  ofClass('idle', 'ADOT'),
  ofClass('unknown', null),
  {
    id: 'running',
    kind: 'total',
    title: CLASS_NAMES.running,
    symbol: 'APT',
    source: ISO_22400,
    us: ({ ms }) => BigInt(ms.running) * 1000n,
  },
  {
    id: 'speedLoss',
    kind: 'loss',
    title: { zh: '速度损失', en: 'Speed loss' },
    symbol: 'APT − PRI·PQ',
    source: SPLIT,
    us: (sums) => split(sums)?.speedLoss ?? null,
  },
  {
    id: 'rejectLoss',
    kind: 'loss',
    title: { zh: '不良损失', en: 'Reject loss' },
    symbol: 'PRI·(PQ − GQ)',
    source: SPLIT,
    us: (sums) => split(sums)?.rejectLoss ?? null,
  },
  {
    id: 'productive',
    kind: 'total',
    title: { zh: '有效产出时间', en: 'Productive time' },
    symbol: 'PRI·GQ',
    source: SPLIT,
    us: (sums) => split(sums)?.productive ?? null,
  },
];

/** One bar of a waterfall, in integer microseconds. */
export interface LossBar {
  readonly id: string;
  readonly us: DurationUs | null;
  /** Between which heights the bar stands; a negative loss hangs below zero. */
  readonly span: readonly [DurationUs, DurationUs] | null;
  /** Of planned busy time; `null` where nothing was planned. */
  readonly share: number | null;
}

/** The waterfall of ledger sums: each loss hangs below what was left before it. */
export function lossesOf(sums: LedgerSums): readonly LossBar[] {
  const busy = BigInt(plannedBusyMs(sums.ms)) * 1000n;
  let left = busy;
  return LOSS_STEPS.map((step) => {
    const us = step.us(sums);
    if (us === null) return { id: step.id, us, span: null, share: null };
    const share = ratioOf(us, busy);
    if (step.kind === 'total') {
      left = us;
      return { id: step.id, us, span: [0n, us], share };
    }
    const above = left;
    left -= us;
    return { id: step.id, us, span: us < 0n ? [us, 0n] : [left, above], share };
  });
}
