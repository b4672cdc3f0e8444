import type { CatalogueEntry } from './catalogue-entry.ts';
import { plannedBusyMs } from './formula.ts';
import type { LedgerSums, TimeClass } from './ledger-row.ts';
import { CLASS_NAMES } from './names.ts';
import { ratioOf } from './ratio.ts';
import type { DurationUs } from './time.ts';

const ISO_22400 = 'ISO 22400-2 (GB/T 34044.2-2017), time elements';
const SPLIT =
  'ISO 22400-2, effectiveness and quality ratio in terms of time; docs: semantics of the time ledger';
const TPM = 'The six big losses of TPM in terms of the time ledger; our definition, not read in a standard';

/** Which factor of the OEE a loss lowers. */
export const LOSS_FACTORS = ['availability', 'performance', 'quality'] as const;
export type LossFactor = (typeof LOSS_FACTORS)[number];

/** A step of the way from planned busy time down to productive time. */
export interface LossStep extends CatalogueEntry {
  /** `total`: what is left here; `loss`: what is taken away. */
  readonly kind: 'total' | 'loss';
  /** As ISO 22400-2 writes it, or `null` where it has no word for it. */
  readonly symbol: string | null;
  /** Which of the six big losses it is, 1 to 6; none of a total, of waiting, and of what nobody knows. */
  readonly big: readonly number[];
  /** `null`: of a total, and of unknown time. */
  readonly factor: LossFactor | null;
  /** `null`: the ledger can't tell, for want of an ideal cycle or of any count. */
  us(sums: LedgerSums): DurationUs | null;
}

const total = (
  id: string,
  title: LossStep['title'],
  { symbol, source, us }: Pick<LossStep, 'symbol' | 'source' | 'us'>,
): LossStep => ({ id, kind: 'total', title, symbol, big: [], factor: null, source, us });

const ofClass = (
  id: TimeClass,
  symbol: string | null,
  { big = [], factor = 'availability' }: Partial<Pick<LossStep, 'big' | 'factor'>> = {},
): LossStep => ({
  id,
  kind: 'loss',
  title: CLASS_NAMES[id],
  symbol,
  big,
  factor,
  source: symbol === null ? 'semantics "The time ledger": silence is neither idle nor running' : ISO_22400,
  us: ({ ms }) => BigInt(ms[id]) * 1000n,
});

/** Where no count was ever heard nothing is known of pieces, so running time isn't split either. */
const split = ({ runningUs, flags }: LedgerSums) => (flags.includes('no-count') ? null : runningUs);

const plannedBusy = total(
  'plannedBusy',
  { zh: '计划工作时间', en: 'Planned busy time' },
  { symbol: 'PBT', source: ISO_22400, us: ({ ms }) => BigInt(plannedBusyMs(ms)) * 1000n },
);
const breakdown = ofClass('breakdown', 'ADET', { big: [1] });
const changeover = ofClass('changeover', 'AUST', { big: [2] });
const delay = ofClass('delay', 'ADET');
const idle = ofClass('idle', 'ADOT');
const unknown = ofClass('unknown', null, { factor: null });
const speedLoss: LossStep = {
  id: 'speedLoss',
  kind: 'loss',
  title: { zh: '速度损失', en: 'Speed loss' },
  symbol: 'APT − PRI·PQ',
  big: [4],
  factor: 'performance',
  source: SPLIT,
  us: (sums) => split(sums)?.speedLoss ?? null,
};
/** Rejects while starting up can't be told from others, so the sixth loss is in the fifth. */
const rejectLoss: LossStep = {
  id: 'rejectLoss',
  kind: 'loss',
  title: { zh: '不良损失', en: 'Reject loss' },
  symbol: 'PRI·(PQ − GQ)',
  big: [5, 6],
  factor: 'quality',
  source: SPLIT,
  us: (sums) => split(sums)?.rejectLoss ?? null,
};
const productive = total(
  'productive',
  { zh: '有效产出时间', en: 'Productive time' },
  { symbol: 'PRI·GQ', source: SPLIT, us: (sums) => split(sums)?.productive ?? null },
);

/** The loss waterfall as ISO 22400-2 books it, top to bottom: a minor stop is lost availability. */
export const LOSS_STEPS: readonly LossStep[] = [
  plannedBusy,
  breakdown,
  changeover,
  delay,
  ofClass('minorStop', 'ADET', { big: [3] }),
  idle,
  unknown,
  total('running', CLASS_NAMES.running, {
    symbol: 'APT',
    source: ISO_22400,
    us: ({ ms }) => BigInt(ms.running) * 1000n,
  }),
  speedLoss,
  rejectLoss,
  productive,
];

/** The same time as TPM books it: a minor stop is lost performance. */
const TPM_STEPS: readonly LossStep[] = [
  plannedBusy,
  { ...breakdown, source: TPM },
  { ...changeover, source: TPM },
  delay,
  idle,
  unknown,
  total(
    'operating',
    { zh: '稼动时间', en: 'Operating time' },
    { symbol: null, source: TPM, us: ({ ms }) => BigInt(ms.running + ms.minorStop) * 1000n },
  ),
  { ...ofClass('minorStop', 'ADET', { big: [3], factor: 'performance' }), source: TPM },
  { ...speedLoss, source: TPM },
  total(
    'netOperating',
    { zh: '净稼动时间', en: 'Net operating time' },
    {
      symbol: 'PRI·PQ',
      source: TPM,
      us(sums) {
        const parts = split(sums);
        return parts && parts.productive + parts.rejectLoss;
      },
    },
  ),
  { ...rejectLoss, source: TPM },
  productive,
];

/** A way to book the same losses. */
export interface LossView extends CatalogueEntry {
  readonly id: LossViewId;
  /** Top to bottom. */
  readonly steps: readonly LossStep[];
}

export const LOSS_VIEW_IDS = ['iso', 'tpm'] as const;
export type LossViewId = (typeof LOSS_VIEW_IDS)[number];

/** The views of the six big losses; page, report and dashboards draw these. */
export const LOSS_VIEWS: Readonly<Record<LossViewId, LossView>> = {
  iso: {
    id: 'iso',
    title: { zh: 'ISO 22400 口径', en: 'ISO 22400 view' },
    source: ISO_22400,
    steps: LOSS_STEPS,
  },
  tpm: { id: 'tpm', title: { zh: 'TPM 口径', en: 'TPM view' }, source: TPM, steps: TPM_STEPS },
};

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
export function lossesOf(sums: LedgerSums, steps: readonly LossStep[] = LOSS_STEPS): readonly LossBar[] {
  const busy = BigInt(plannedBusyMs(sums.ms)) * 1000n;
  let left = busy;
  return steps.map((step) => {
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
