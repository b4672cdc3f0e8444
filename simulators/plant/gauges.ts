import type { State } from '../../domain/state.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { Gauges } from '../event.ts';
import { type Random, randomOf } from '../random.ts';
import type { MachineKind } from './kind.ts';

/** Samples a machine's physical signals: each drifts to the level of the state and scatters about it. */
export function gaugesOf(
  kind: MachineKind,
  path: string,
  seed: string,
): (ts: EpochMs, state: State) => Gauges {
  const random = randomOf(seed, path, 'gauges');
  const signals = Object.entries(kind.gauges);
  const levels = signals.map(([, gauge]) => gauge.resting);
  let energyWh = 0;
  let last: EpochMs | null = null;
  return (ts, state) => {
    const samples = signals.map(([name, gauge], index): [string, number] => {
      const target = state === 'running' ? gauge.running : gauge.resting;
      const level = (levels[index] as number) + (target - (levels[index] as number)) * 0.35;
      levels[index] = level;
      return [name, round(Math.max(leastOf(gauge), level + gauge.spread * scatter(random)), 10)];
    });
    const power = samples.find(([name]) => name === 'power')?.[1];
    if (power === undefined) return samples;
    energyWh += (power * 1000 * (ts - (last ?? ts))) / 3_600_000;
    last = ts;
    return [...samples, ['energy', round(energyWh / 1000, 1000)]];
  };
}

/** What is never below zero at rest or at work isn't by chance either. */
const leastOf = ({ running, resting }: { running: number; resting: number }): number =>
  Math.min(running, resting) < 0 ? Number.NEGATIVE_INFINITY : 0;

/** Roughly normal, within ±2. */
const scatter = (random: Random): number => (random() + random() + random() + random() - 2) * 1;

const round = (value: number, steps: number): number => Math.round(value * steps) / steps;
