import type { EpochMs, Span } from '../../domain/time.ts';
import { minute } from '../duration.ts';
import { randomOf } from '../random.ts';
import { machineDays } from './days.ts';
import type { DemoMachine } from './plant.ts';

/** What the plant's planners said of an order before it began. */
export interface SaidOfOrder {
  readonly order: string;
  readonly product: string;
  /** The machine that it is meant for. */
  readonly scope: string;
  readonly quantity: number;
  readonly scrap: number;
  readonly plannedStart: EpochMs;
  readonly plannedEnd: EpochMs;
  readonly by: string;
}

const PLANNERS = '计划科（演示）';
const STEP_MS = 15 * minute;
/** Planners reckon with this share of the ideal speed; who is slower is late. */
const PLANNED_SHARE = [0.74, 1.02] as const;

/** The orders of a machine that begin in a span, be it ahead of now, as planned. */
export function* ordersSaid({
  machine,
  seed,
  from,
  to,
}: Span & { readonly machine: DemoMachine; readonly seed: string | number }): Generator<SaidOfOrder, void> {
  const { kind, path } = machine.spec;
  if (kind.work !== 'pieces') return;
  const known = new Set<string>();
  for (const event of machineDays({ machine, seed, from, to, sampleInto: Number.MAX_SAFE_INTEGER })) {
    if (event.kind !== 'report' || event.order === null || known.has(event.order.id)) continue;
    const { id, quantity, scrap } = event.order;
    known.add(id);
    const made = kind.products.find((one) => one.id === event.product);
    if (!made) continue;
    const random = randomOf(seed, path, 'planners', id);
    const [low, high] = PLANNED_SHARE;
    const lastsMs = (quantity / made.pieces) * (made.cycleMs / (low + random() * (high - low)));
    const plannedStart = Math.floor(event.ts / STEP_MS) * STEP_MS;
    const plannedEnd = plannedStart + Math.ceil((lastsMs + 20 * minute) / STEP_MS) * STEP_MS;
    yield {
      ...{ order: id, product: made.id, scope: path, quantity, scrap, plannedStart, plannedEnd },
      by: PLANNERS,
    };
  }
}
