import type { MachineFacts } from '../../../domain/facts.ts';
import type { Reading, SignalValue } from '../../../domain/observation.ts';
import type { FactsQuery, Store } from '../../../store/port.ts';

/** 2026-03-02T00:00Z, a whole hour and day. */
export const T0 = Date.UTC(2026, 2, 2);
export const MINUTE = 60_000;
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

export const PRESS = 'acme/zhoushan/moulding/line1/imm-01';
export const LATHE = 'acme/zhoushan/turning/line2/cnc-07';

/** A reading from an object: `reading(PRESS, T0, { state: 'running', count: 4 })`. */
export const reading = (
  machine: string,
  ts: number,
  content: Readonly<Record<string, SignalValue>>,
): Reading => ({
  machine,
  ts,
  signals: Object.keys(content),
  values: Object.values(content),
});

/** What is stored at one instant as an object, whatever the order of its signals. */
export async function contentAt(
  store: Store,
  machine: string,
  ts: number,
): Promise<Readonly<Record<string, SignalValue>> | undefined> {
  const [found] = await store.recall([{ machine, ts }]);
  return (
    found && Object.fromEntries(found.signals.map((signal, at) => [signal, found.values[at] as SignalValue]))
  );
}

/** Every observation of a signal as `[ts, value]`, however old. */
export const everything = (store: Store, machine: string, signal: string): ReturnType<Store['points']> =>
  store.points({ machine, signal, from: T0 - 4000 * DAY, to: T0 + 400 * DAY, everyMs: null });

export const collect = async (store: Store, query: FactsQuery): Promise<MachineFacts[]> =>
  Array.fromAsync(store.facts(query));

/** The facts of one machine. */
export async function factsOf(
  store: Store,
  query: {
    from: number;
    to: number;
    signals?: readonly string[];
    silenceMs?: number | null;
    machine?: string;
  },
): Promise<MachineFacts> {
  const { from, to, signals = ['state'], silenceMs = null, machine = PRESS } = query;
  const [facts] = await collect(store, { from, to, machines: [{ path: machine, signals, silenceMs }] });
  if (!facts) throw new Error('facts() gave nothing for a machine that was asked for');
  return facts;
}
