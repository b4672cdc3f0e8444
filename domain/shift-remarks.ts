import type { CatalogueEntry } from './catalogue-entry.ts';
import { FIGURE_FLAGS, type FigureFlag } from './formula.ts';
import { LEDGER_FLAGS, type LedgerFlag } from './ledger-row.ts';
import type { MachinePath } from './path.ts';
import type { DurationMs, EpochMs } from './time.ts';

/** What of a shift's data a reader must know beside the flags of figures. */
export const SHIFT_REMARKS = ['never-heard', 'unknown-time', 'facts-removed', 'line-order'] as const;
export type ShiftRemarkCode = (typeof SHIFT_REMARKS)[number] | LedgerFlag | FigureFlag;

/** One remark on the data that a shift's figures are made of. */
export interface ShiftRemark {
  readonly code: ShiftRemarkCode;
  /** `null`: of the line as a whole. */
  readonly machine: MachinePath | null;
  /** The time that it is about; `null`: none in particular. */
  readonly ms: DurationMs | null;
}

/** What remarks are drawn from. */
export interface RemarkedShift {
  readonly from: EpochMs;
  readonly lineFlags: readonly string[];
  readonly machines: readonly {
    readonly machine: MachinePath;
    readonly flags: readonly string[];
    readonly unknownMs: DurationMs;
    /** All of the machine's planned busy time is unknown. */
    readonly neverHeard: boolean;
  }[];
  /** Observations before it are removed; `null`: none is. */
  readonly keptSince: EpochMs | null;
  /** Whether the order of the line's machines is declared. */
  readonly orderDeclared: boolean;
}

const CODES: readonly string[] = [...LEDGER_FLAGS, ...FIGURE_FLAGS];

/** What a shift's reader must know of its data: of the line first, then machine by machine; nothing twice. */
export function shiftRemarks(shift: RemarkedShift): readonly ShiftRemark[] {
  const ofLine = (code: ShiftRemarkCode): ShiftRemark => ({ code, machine: null, ms: null });
  const removed = (shift.keptSince ?? shift.from) > shift.from;
  const told = new Set(shift.machines.flatMap(({ flags }) => flags));
  return [
    ...(removed ? [ofLine('facts-removed')] : []),
    ...(shift.orderDeclared ? [] : [ofLine('line-order')]),
    // What a machine's own row says is told of the machine.
    ...flagsIn(shift.lineFlags)
      .filter((flag) => !told.has(flag))
      .map(ofLine),
    ...shift.machines.flatMap(({ machine, flags, unknownMs, neverHeard }): readonly ShiftRemark[] => [
      ...(neverHeard ? [{ code: 'never-heard' as const, machine, ms: unknownMs }] : []),
      ...(unknownMs > 0 && !neverHeard ? [{ code: 'unknown-time' as const, machine, ms: unknownMs }] : []),
      ...flagsIn(flags).map((code) => ({ code, machine, ms: null })),
    ]),
  ];
}

const flagsIn = (flags: readonly string[]): readonly (LedgerFlag | FigureFlag)[] =>
  CODES.filter((code) => flags.includes(code)) as (LedgerFlag | FigureFlag)[];

/** What the remarks beside flags are called. */
export const SHIFT_REMARK_NAMES: Readonly<Record<(typeof SHIFT_REMARKS)[number], CatalogueEntry['title']>> = {
  'never-heard': { zh: '计划时间内从未有数据', en: 'nothing is known of its planned time' },
  'unknown-time': { zh: '状态未知', en: 'unknown time' },
  'facts-removed': { zh: '原始数据已按保留期删除', en: 'raw data is removed, as the retention says' },
  'line-order': { zh: '产线设备顺序未声明', en: 'the order of the machines is not declared' },
};
