import { everSaid, type Facts, MINUTE, type Minute } from './minutes.ts';
import { dayIn, hourIn } from './wall-clock.ts';

/** Numerator and denominator of each KPI; `null` where it can't be had. */
export type Integers = Readonly<Record<string, readonly [bigint, bigint] | null>>;

interface Sums {
  readonly ms: Record<string, bigint>;
  readonly order: { ms: bigint; unknown: bigint; busy: bigint; running: bigint; produced: bigint };
  produced: bigint;
  rejected: bigint;
  reworked: bigint;
  inspected: bigint;
  energyWh: bigint;
  producedUs: bigint;
  rejectedUs: bigint;
  failures: bigint;
  readonly machines: Map<Facts, { produced: boolean; ran: boolean }>;
}

const BUSY = ['running', 'changeover', 'breakdown', 'delay', 'minorStop'];

const sums = (): Sums => ({
  ms: {},
  order: { ms: 0n, unknown: 0n, busy: 0n, running: 0n, produced: 0n },
  ...{ produced: 0n, rejected: 0n, reworked: 0n, inspected: 0n, energyWh: 0n },
  ...{ producedUs: 0n, rejectedUs: 0n, failures: 0n },
  machines: new Map(),
});

function add(sum: Sums, facts: Facts, minute: Minute): void {
  const ms = BigInt(MINUTE);
  const { pieces } = minute;
  sum.ms[minute.class] = (sum.ms[minute.class] ?? 0n) + ms;
  sum.produced += BigInt(pieces.produced);
  sum.rejected += BigInt(pieces.rejected);
  sum.reworked += BigInt(pieces.reworked);
  sum.inspected += BigInt(everSaid(facts, 'inspected') ? pieces.inspected : pieces.produced);
  sum.energyWh += BigInt(pieces.energyWh);
  sum.producedUs += pieces.producedUs;
  sum.rejectedUs += pieces.rejectedUs;
  if (minute.failed) sum.failures += 1n;
  if (minute.order !== null) {
    sum.order.ms += ms;
    if (minute.class === 'unknown') sum.order.unknown += ms;
    if (BUSY.includes(minute.class)) sum.order.busy += ms;
    if (minute.class === 'running') sum.order.running += ms;
    sum.order.produced += BigInt(pieces.produced);
  }
  const machine = sum.machines.get(facts) ?? { produced: false, ran: false };
  machine.produced ||= pieces.produced > 0;
  machine.ran ||= minute.class === 'running';
  sum.machines.set(facts, machine);
}

/** The formulas of docs/kpis.md, each as the two integers that are served: the denominator is known time. */
function integersOf(sum: Sums): Integers {
  const ms = (...classes: readonly string[]): bigint =>
    classes.reduce((all, name) => all + (sum.ms[name] ?? 0n), 0n);
  const apt = ms('running');
  const aupt = ms('running', 'changeover');
  const adet = ms('breakdown', 'delay', 'minorStop');
  const aubt = aupt + adet;
  const pbt = aubt + ms('idle');
  const pot = pbt + ms('plannedStop');
  const all = pot + ms('notScheduled', 'extra');
  const good = sum.produced - sum.rejected;
  const goodUs = sum.producedUs - sum.rejectedUs;
  const machines = [...sum.machines];
  const split = machines.every(([{ machine }]) => machine.idealCycleUs !== null);
  const reworkKnown = machines.every(([facts, { produced }]) => !produced || everSaid(facts, 'rework'));
  const metered = machines.every(([facts, { ran }]) => !ran || everSaid(facts, 'energy'));
  const ideal = (numerator: bigint, denominator: bigint) =>
    split ? ([numerator, denominator] as const) : null;
  const known = sum.order.ms - sum.order.unknown;
  return {
    utilisation: [apt, pot],
    availability: [apt, pbt],
    effectiveness: ideal(sum.producedUs, apt * 1000n),
    'quality-ratio': [good, sum.produced],
    oee: ideal(goodUs, pbt * 1000n),
    nee: ideal(aupt * goodUs, pbt * apt * 1000n),
    ooe: ideal(goodUs, pot * 1000n),
    teep: ideal(goodUs, all * 1000n),
    'availability-tpm': [apt + ms('minorStop'), pbt],
    'performance-tpm': ideal(sum.producedUs, (apt + ms('minorStop')) * 1000n),
    'utilisation-efficiency': [apt, aubt],
    'allocation-efficiency': [aubt, pbt],
    'technical-efficiency': [apt, apt + adet],
    'setup-ratio': [ms('changeover'), aupt],
    'equipment-load-ratio': ideal(sum.producedUs, pbt * 1000n),
    'throughput-rate': [sum.order.produced * 3_600_000n, known],
    'allocation-ratio': [sum.order.busy, known],
    'production-process-ratio': [sum.order.running, known],
    'first-pass-yield': reworkKnown ? [good - sum.reworked, sum.inspected] : null,
    'scrap-ratio': [sum.rejected, sum.produced],
    'rework-ratio': reworkKnown ? [sum.reworked, sum.produced] : null,
    mtbf: [aupt, sum.failures],
    mttf: [aupt - ms('breakdown'), sum.failures],
    mttr: [ms('breakdown'), sum.failures],
    'energy-per-piece': metered ? [sum.energyWh, sum.produced] : null,
  };
}

const LEVELS: Readonly<Record<string, number>> = { site: 2, area: 3, line: 4, machine: 5 };

export interface OracleQuestion {
  readonly scope: string;
  readonly from: number;
  readonly to: number;
  readonly by: readonly string[];
  readonly zone?: string;
}

/** Each row's integers by its key as JSON; names stand in the order in which they are asked for. */
export function figuresBy(
  question: OracleQuestion,
  plant: readonly { readonly facts: Facts; readonly minutes: readonly Minute[] }[],
): ReadonlyMap<string, Integers> {
  const { scope, from, to, by, zone } = question;
  const rows = new Map<string, Sums>();
  for (const { facts, minutes } of plant) {
    const { path } = facts.machine;
    if (scope !== '' && path !== scope && !path.startsWith(`${scope}/`)) continue;
    const own = facts.site.zone;
    for (const minute of minutes) {
      if (minute.ts < from || minute.ts >= to) continue;
      const key = by.map((name): string | null => {
        const level = LEVELS[name];
        if (level !== undefined) return path.split('/').slice(0, level).join('/');
        if (name === 'hour') return hourIn(facts.site, minute.ts, zone);
        if (name === 'day')
          return zone === undefined || zone === own ? minute.day : dayIn(facts.site, minute.ts, zone);
        return minute[name as 'shift' | 'order' | 'product'];
      });
      add(rows.getOrInsertComputed(JSON.stringify(key), sums), facts, minute);
    }
  }
  return new Map([...rows].map(([key, sum]) => [key, integersOf(sum)]));
}
