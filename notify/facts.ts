import type { Planned } from '../domain/calendar.ts';
import type { Name } from '../domain/names.ts';
import type { State } from '../domain/state.ts';
import type { DurationMs, EpochMs, Span } from '../domain/time.ts';

/** How a machine stands now. */
export interface MachineFact {
  readonly path: string;
  readonly state: State;
  readonly reason: string | null;
  /** What its site calls the reason; absent: what it is commonly called. */
  readonly reasonName?: Name;
  /** When state and reason began; `null`: no state was ever known. */
  readonly since: EpochMs | null;
  readonly lastHeard: EpochMs | null;
  readonly stale: boolean;
  readonly source: string | null;
  /** `null`: it may be silent for ever. */
  readonly maxSilenceMs: DurationMs | null;
  /** Its states since an alert of it began, ascending, where that is before `since`. */
  readonly recent?: readonly (Span & { readonly state: State })[];
}

/** How a machine's running shift, or production day where there is no shift, is covered. */
export interface CoverageFact {
  readonly machine: string;
  readonly shift: string | null;
  readonly from: EpochMs;
  /** (PBT − unknown) / PBT; `null`: nothing was planned yet. */
  readonly coverage: number | null;
  readonly floor: number;
  /** Planned busy time until now. */
  readonly plannedMs: DurationMs;
}

/** What an ingest counted at an instant. */
export interface BooksSample {
  readonly at: EpochMs;
  readonly refused: number;
  readonly spoolBytes: number;
  readonly spoolMaxBytes: number;
}

/** What one ingest counted in the last minutes, the newest last. */
export interface BooksSeries {
  /** The worker's name; '' for an ingest that runs alone. */
  readonly ingest: string;
  readonly samples: readonly BooksSample[];
}

/** Whether a part of the platform does its work. */
export interface PartFact {
  readonly part: string;
  readonly ok: boolean;
  readonly message: Name;
}

/** A certificate that connections depend on. */
export interface CertificateFact {
  /** The setting that names it, e.g. `http.tls.cert`; of a broker's own, its address: `mqtt.url`. */
  readonly setting: string;
  /** When it ends. */
  readonly expiresAt: EpochMs;
}

/** The disk of the data folder. */
export interface DiskFact {
  readonly freeBytes: number;
  readonly totalBytes: number;
  /** When it is full if all goes on like this; `null`: never, or not known yet. */
  readonly fullAt: EpochMs | null;
  /** Settings that keep less of what grows, the one that helps most first. */
  readonly settings: readonly string[];
}

/** What an ingest is called in an alert. */
export const ofIngest = (name: string, ingest: string): string =>
  ingest === '' ? name : `${name} ${ingest}`;

/** Subjects of open alerts whose ingest publishes nothing now: what it counted can't be told. */
export const untold = (
  books: readonly BooksSeries[],
  name: string,
  open: ReadonlyMap<string, unknown>,
): string[] => {
  const told = new Set(books.map(({ ingest }) => ofIngest(name, ingest)));
  return [...open.keys()].filter((subject) => !told.has(subject));
};

/** All that rules look at. What a present entry needs and can't be had is `null`; what no entry needs as well. */
export interface Facts {
  readonly asOf: EpochMs;
  readonly machines: readonly MachineFact[] | null;
  readonly coverage: readonly CoverageFact[] | null;
  /** Of each ingest that runs. */
  readonly books: readonly BooksSeries[] | null;
  readonly parts: readonly PartFact[] | null;
  readonly certificates: readonly CertificateFact[] | null;
  readonly disk: DiskFact | null;
  /** Whether messages can come in; while they can't, a machine's silence says nothing of the machine. */
  readonly hearing: boolean;
  /** When the last message of a source came, by our clock; `null`: none since the start. Absent: not known here. */
  sourceHeard?(source: string): EpochMs | null;
  /** What the calendar of a machine says of now. */
  planned(machine: string): Planned;
  /** How much of the time since an instant was scheduled, breaks and maintenance left out. */
  scheduledMs(machine: string, from: EpochMs): DurationMs;
}
