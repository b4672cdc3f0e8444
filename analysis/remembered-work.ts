import type { Told } from '../domain/orders/told.ts';
import type { WorkedOn } from '../domain/orders/worked-on.ts';
import type { MachinePath } from '../domain/path.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';
import { createForgetting, type Moment } from './forgetting.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { RawHorizon } from './raw-horizon.ts';
import { append } from './work.ts';

/** Stretches of all machines; some 30 MB. The machines that were put down longest ago are let go first. */
const MOST_STRETCHES = 200_000;

/** Longer than a month of orders that are looked at a month back from there. */
const LONGEST_KEPT_MS: DurationMs = 93 * 86_400_000;

/** What a machine worked on in a span, without a gap, and the planned numbers that it told last of each stretch's order. */
export interface MachineWork extends Span {
  readonly work: readonly WorkedOn[];
  readonly told: readonly Told[];
}

/**
 * What machines worked on in time that is recorded: it changes only where a mark is made, or where what is kept of removed raw
 * data takes the place of facts.
 */
export interface RememberedWork {
  /** Forgets what was marked since the last call. */
  refresh(): Moment;
  /** From the begin of a span on, no further than its end. `undefined`: not remembered, or of another horizon. */
  find(machine: MachinePath, span: Span, horizon: RawHorizon | undefined): MachineWork | undefined;
  /**
   * Keeps what no mark pending at `moment` can reach, read from the store later than that, behind a horizon as it stood: after
   * what is remembered up to where it begins, else instead of that.
   */
  keep(moment: Moment, machine: MachinePath, work: MachineWork, horizon: RawHorizon | undefined): void;
}

export function createRememberedWork({
  marks,
  reachOf,
}: {
  readonly marks: Pick<LedgerMarks, 'touchedSince'>;
  /** How long before a mark what is remembered is forgotten. */
  readonly reachOf: (machine: MachinePath) => DurationMs;
}): RememberedWork {
  const machines = new Map<MachinePath, MachineWork & { readonly horizon: RawHorizon | undefined }>();
  let count = 0;
  const drop = (path: MachinePath): void => {
    count -= machines.get(path)?.work.length ?? 0;
    machines.delete(path);
  };
  const put = (path: MachinePath, work: MachineWork, horizon: RawHorizon | undefined): void => {
    drop(path);
    if (work.from >= work.to) return;
    machines.set(path, { ...work, horizon });
    count += work.work.length;
  };
  const forgetting = createForgetting({
    marks,
    reachOf,
    forgetAfter(path, instant) {
      const known = machines.get(path);
      if (known && known.to > instant) put(path, workUntil(known, instant), known.horizon);
    },
    forgetAll() {
      machines.clear();
      count = 0;
    },
  });
  return {
    refresh: forgetting.refresh,
    find(path, { from, to }, horizon) {
      const known = machines.get(path);
      const fits = known && known.from <= from && known.to > from && known.to <= to;
      return fits && known.horizon === horizon ? workWithin(known, { from, to: known.to }) : undefined;
    },
    keep(moment, path, work, horizon) {
      if (!forgetting.mayKeep(moment, path)) return;
      const known = machines.get(path);
      const holds = known && known.from <= work.from && known.to >= work.to;
      if (holds && known.horizon === horizon) return;
      put(path, known?.to === work.from && known.horizon === horizon ? joined(known, work) : work, horizon);
      for (const oldest of machines.keys()) {
        if (count <= MOST_STRETCHES) return;
        drop(oldest);
      }
    },
  };
}

function joined(earlier: MachineWork, later: MachineWork): MachineWork {
  const work = [...earlier.work];
  append(work, later.work);
  const whole = { from: earlier.from, to: later.to, work, told: [...earlier.told, ...later.told] };
  return workWithin(whole, { from: Math.max(whole.from, whole.to - LONGEST_KEPT_MS), to: whole.to });
}

function workWithin({ work, told }: MachineWork, { from, to }: Span): MachineWork {
  const within = work
    .filter((one) => one.to > from && one.from < to)
    .map((one) => ({ ...one, from: Math.max(one.from, from), to: Math.min(one.to, to) }));
  return { from, to, work: within, told: told.filter(({ ts }) => ts >= from && ts < to) };
}

/** Up to an instant, or less: of a stretch in which something was told later it isn't known what was told before. */
function workUntil(known: MachineWork, instant: EpochMs): MachineWork {
  const cut = known.work.find(({ from, to }) => from < instant && instant < to);
  const isTold = cut !== undefined && known.told.some(({ ts }) => ts >= instant && ts < cut.to);
  return workWithin(known, { from: known.from, to: isTold ? cut.from : instant });
}
