import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { calendarPieces, piecesFor } from '../../domain/calendar.ts';
import { classPiecesOf } from '../../domain/class-pieces.ts';
import { LINE_DEFAULTS, type Line } from '../../domain/line/line.ts';
import type { LineTrack } from '../../domain/line/role.ts';
import { trackOf } from '../../domain/line/track.ts';
import { MACHINE_DEFAULTS, type Machine, type Site } from '../../domain/plant.ts';
import type { EpochMs, Span } from '../../domain/time.ts';
import { factsOf } from './facts-of.ts';

/** A scenario of a line; times are `HH:MM[:SS[.mmm]]` on 2026-03-02, UTC. */
export interface LineScenarioFile {
  readonly why: string;
  readonly line?: Partial<Omit<Line, 'path' | 'declared' | 'machines'>>;
  /** `HH:MM` of a shift, and of a break in it; absent: always scheduled. */
  readonly shift?: readonly [string, string, (readonly [string, string])?];
  /** `false`: silence stays a state. */
  readonly maxSilenceMs?: number;
  readonly window: readonly [string, string];
  /** What is read before the window; absent: from the window's begin. */
  readonly since?: string;
  /** By machine, in the order of the flow: when it said which state, and why. */
  readonly machines: Readonly<Record<string, readonly (readonly [string, string, string?])[]>>;
  readonly expect: {
    readonly ms: Readonly<Record<string, string>>;
    /** From, to, and what of the stop is worth telling. */
    readonly stops: readonly (readonly [string, string, Readonly<Record<string, unknown>>])[];
    readonly byMachine?: readonly Readonly<Record<string, unknown>>[];
  };
}

const minutes = (clock: string): number => {
  const [hour, minute] = clock.split(':').map(Number);
  return (hour as number) * 60 + (minute as number);
};

export const at = (text: string): EpochMs => Temporal.Instant.from(`2026-03-02T${text}Z`).epochMilliseconds;

export function readLineScenario(path: string) {
  const file = parse(readFileSync(path, 'utf8')) as LineScenarioFile;
  const line: Line = {
    ...{ path: 'acme/zhoushan/canning/line1', declared: true, machines: Object.keys(file.machines) },
    ...LINE_DEFAULTS,
    ...file.line,
  };
  const window: Span = { from: at(file.window[0]), to: at(file.window[1]) };
  const span: Span = { from: file.since ? at(file.since) : window.from, to: window.to };
  const [start, end, pause] = file.shift ?? [];
  const site: Site = {
    ...{ path: 'acme/zhoushan', zone: 'UTC', dayStart: 0 },
    shifts:
      start && end
        ? [
            {
              ...{ id: 'early', start: minutes(start), end: minutes(end), days: [1, 2, 3, 4, 5, 6, 7] },
              breaks: pause ? [{ start: minutes(pause[0]), end: minutes(pause[1]) }] : [],
            },
          ]
        : [],
  };
  const tracks: readonly LineTrack[] = Object.entries(file.machines).map(([name, said]) => {
    const machine: Machine = {
      ...{ path: name, declared: true, ...MACHINE_DEFAULTS, minorStopMs: 0 },
      maxSilenceMs: file.maxSilenceMs ?? null,
    };
    const arrivals = said.map(([when, state, reason = '']) => ({ ts: at(when), values: { state, reason } }));
    const facts = factsOf(machine, arrivals, { from: Number.MIN_SAFE_INTEGER, to: span.to });
    const pieces = piecesFor(machine, site, calendarPieces(site, span));
    return trackOf(name, classPiecesOf({ machine, site, facts, pieces, asOf: span.to }, span));
  });
  return { file, line, tracks, window };
}
