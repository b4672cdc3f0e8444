import { plannedBusyMs } from '../../formula.ts';
import type { ClassMs } from '../../ledger-row.ts';
import { ratioOf } from '../../ratio.ts';
import type { MachineEvidence, WindowEvidence } from '../evidence.ts';
import type { Measured, MeasuredPart } from '../measure.ts';
import { nothing } from './pinned.ts';

/** The two integers whose ratio is a machine's value, and the sum of each the plant's. */
export interface PieceRatio {
  numerator(machine: MachineEvidence): bigint;
  denominator(machine: MachineEvidence): bigint;
}

/** Planned busy time whose state is known: pieces counted across unknown time enter no ratio either. */
export const knownBusyMs = (ms: ClassMs): bigint => BigInt(plannedBusyMs(ms) - ms.unknown);

/**
 * A ratio of pieces over all machines of a window that ever sent a signal: of the others nothing is known, and their time
 * and pieces stay out. No bounds while there is unknown time: what was made in it isn't known.
 */
export function piecesRatio(window: WindowEvidence, signal: string, ratio: PieceRatio): Measured {
  const machines = window.machines.filter(({ signals }) => signals.includes(signal));
  const parts = window.machines.map((machine) => partOf(machine, machines.includes(machine) ? ratio : null));
  if (machines.length === 0) return nothing('no-signal', parts);
  const sum = (of: (machine: MachineEvidence) => bigint) =>
    machines.reduce((total, machine) => total + of(machine), 0n);
  const numerator = sum(ratio.numerator);
  const denominator = sum(ratio.denominator);
  const value = ratioOf(numerator, denominator);
  const bound = machines.some(({ ms }) => ms.unknown > 0) ? null : value;
  const busy = sum(({ ms }) => BigInt(plannedBusyMs(ms)));
  const all = window.groups.find(({ group }) => group === 'registered')?.figures[0];
  return {
    value,
    low: bound,
    high: bound,
    numerator,
    denominator,
    coverage: ratioOf(
      sum(({ ms }) => knownBusyMs(ms)),
      busy,
    ),
    notAssessable: all?.notAssessable ?? false,
    flags: value === null ? ['no-pieces'] : [],
    proof: null,
    parts: parts.sort((a, b) => (a.value ?? -1) - (b.value ?? -1) || (a.id < b.id ? -1 : 1)),
  };
}

function partOf(machine: MachineEvidence, ratio: PieceRatio | null): MeasuredPart {
  const { path } = machine;
  const value = ratio && ratioOf(ratio.numerator(machine), ratio.denominator(machine));
  const because = ratio === null ? 'signal-missing' : value === null ? 'no-value' : null;
  return { id: path, machine: path, value, counts: null, because };
}
