import type {
  Evidence,
  MachineEvidence,
  PinnedFigure,
  WindowEvidence,
} from '../../../domain/assess/evidence.ts';
import { type CanonicalValue, canonical } from '../../../domain/canonical.ts';
import type { EpochMs } from '../../../domain/time.ts';
import { digestOf } from '../../digest.ts';
import { differs, notChecked, numberAlone, type StatedValue, sameAs, type Verified } from './verified.ts';

/** A number as it stands in evidence, where, and what else is stated with it. */
interface Stated extends StatedValue {
  readonly group: string;
  readonly kpi: string;
  readonly beside: Readonly<Record<string, unknown>>;
}

const PURGED = 'the observations of that time are removed';
const LEFT_OUT = 'the report leaves it out';

/**
 * Every measured number of a report beside the one that the stored facts give now, and what the facts give and the report
 * leaves out: a machine, a figure. Where they differ and the observations of that time are removed, it can't be checked.
 */
export function compareEvidence({
  reported,
  again,
  keptSince,
}: {
  readonly reported: Evidence;
  /** The same windows, made of facts. */
  readonly again: Evidence;
  readonly keptSince: EpochMs;
}): Verified[] {
  return reported.windows.flatMap((window, place) => {
    const found = again.windows[place] as WindowEvidence;
    const purged = window.from < keptSince;
    return [
      ...machinesLeftOut(window, found),
      ...lastHeard(window, found, keptSince),
      ...numbers(window, found, purged),
    ];
  });
}

const nameOf = ({ window }: WindowEvidence): string =>
  window === 'period' ? 'period' : `last ${window.lastDays} days`;

function machinesLeftOut(window: WindowEvidence, found: WindowEvidence): Verified[] {
  const there = new Set(window.machines.map(({ path }) => path));
  return found.machines
    .filter(({ path }) => !there.has(path))
    .map(({ path, lastHeard }) =>
      differs(
        { window: nameOf(window), group: path, kpi: 'machine' },
        { reported: numberAlone(0), recomputed: numberAlone(1) },
        lastHeard === null
          ? 'the report leaves out this machine of the pilot, which was never heard'
          : `the report leaves out this machine of the pilot, heard until ${new Date(lastHeard).toISOString()}`,
      ),
    );
}

/** Whether a machine was heard by then, and not later than it was: what came late may have moved it on. */
function lastHeard(window: WindowEvidence, found: WindowEvidence, keptSince: EpochMs): Verified[] {
  const facts = new Map(found.machines.map((machine) => [machine.path, machine.lastHeard]));
  return window.machines.map(({ path, lastHeard: stated }) => {
    const place = { window: nameOf(window), group: path, kpi: 'last-heard' };
    const reported = numberAlone(stated);
    const known = facts.get(path) ?? null;
    if (stated === null ? known === null : known !== null && stated <= known) return sameAs(place, reported);
    if (stated !== null && stated < keptSince) return notChecked(place, reported, PURGED);
    return differs(place, { reported, recomputed: numberAlone(known) });
  });
}

function* numbers(window: WindowEvidence, found: WindowEvidence, purged: boolean): Generator<Verified> {
  const name = nameOf(window);
  const recomputed = new Map([...statedIn(found)].map((stated) => [keyOf(stated), stated]));
  for (const reported of statedIn(window)) {
    yield compared(name, reported, recomputed.get(keyOf(reported)), purged);
    recomputed.delete(keyOf(reported));
  }
  const machines = new Set(window.machines.map(({ path }) => path));
  for (const { group, kpi, value, digest } of recomputed.values()) {
    // A machine that is left out is said once.
    if (group.includes('/') && !machines.has(group)) continue;
    const values = { reported: numberAlone(null), recomputed: { value, digest } };
    yield differs({ window: name, group, kpi }, values, LEFT_OUT);
  }
}

const keyOf = ({ group, kpi }: Stated): string => `${group} ${kpi}`;

function compared(window: string, stated: Stated, found: Stated | undefined, purged: boolean): Verified {
  const { group, kpi, value, digest } = stated;
  const place = { window, group, kpi };
  const reported = { value, digest };
  if (found === undefined) {
    return notChecked(place, reported, purged ? PURGED : 'the facts give no such figure');
  }
  const beside = Object.keys(stated.beside).filter(
    (name) => !isSame(stated.beside[name], found.beside[name]),
  );
  if (Object.is(found.value, value) && found.digest === digest && beside.length === 0) {
    return sameAs(place, reported);
  }
  if (purged) return notChecked(place, reported, PURGED);
  const recomputed = { value: found.value, digest: found.digest };
  return differs(
    place,
    { reported, recomputed },
    beside.length > 0 ? `not what the facts give: ${beside.join(', ')}` : null,
  );
}

/** Equal all the way down; integers of any size too. */
function isSame(one: unknown, other: unknown): boolean {
  if (Object.is(one, other)) return true;
  if (typeof one !== 'object' || typeof other !== 'object' || one === null || other === null) return false;
  const [a, b] = [one as Record<string, unknown>, other as Record<string, unknown>];
  const keys = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...keys].every((key) => isSame(a[key], b[key]));
}

/** The figures of groups, then of machines with what was counted of each; several numbers together have a digest. */
function* statedIn({ groups, machines }: WindowEvidence): Generator<Stated> {
  for (const { group, figures, machines: paths } of groups) {
    for (const figure of figures) yield { group, ...stated(figure) };
    yield { group, kpi: 'machines', value: paths.length, digest: digestOf(canonical(paths)), beside: {} };
  }
  for (const machine of machines) {
    for (const figure of machine.figures) yield { group: machine.path, ...stated(figure) };
    for (const [kpi, value, of] of counted(machine)) {
      const digest = of === undefined ? '' : digestOf(canonical(of));
      yield { group: machine.path, kpi, value, digest, beside: {} };
    }
  }
}

/** Without the revision: it tells how often something was answered, which is no fact. */
function stated({ kpi, value, digest, revision: _revision, ...beside }: PinnedFigure): Omit<Stated, 'group'> {
  return { kpi, value, digest, beside };
}

const counted = ({
  scheduledDays,
  heardDays,
  stops,
  signals,
  ms,
  counts,
}: MachineEvidence): readonly (readonly [string, number, CanonicalValue?])[] => [
  ['scheduled-days', scheduledDays],
  ['heard-days', heardDays],
  ['stop-ms', stops.ms],
  ['stop-with-reason-ms', stops.withReasonMs],
  ['signals-sent', signals.length, signals],
  ['ledger-ms', Object.values(ms).reduce((sum, part) => sum + part, 0), { ...ms }],
  ['pieces', Number(counts.produced), { ...counts }],
];
