import type { MachineEvidence, PinnedFigure } from '../evidence.ts';
import type { Measured, MeasuredPart } from '../measure.ts';
import type { MeasureFlag } from '../measure-flags.ts';
import type { PartReason } from '../part-reasons.ts';
import { type Member, type MembersInput, machineOf, membersOf, silenceOf } from './members.ts';

/** A value that can't be made, and why. */
export const nothing = (flag: MeasureFlag, parts: readonly MeasuredPart[] = []): Measured => ({
  value: null,
  low: null,
  high: null,
  numerator: null,
  denominator: null,
  coverage: null,
  notAssessable: false,
  flags: [flag],
  proof: null,
  parts,
});

const figureIn = (figures: readonly PinnedFigure[] | undefined, kpi: string): PinnedFigure | undefined =>
  figures?.find((figure) => figure.kpi === kpi);

/** The pinned figure of the machines of a group together. */
export const groupFigure = ({ window, group }: MembersInput, kpi: string): PinnedFigure | undefined =>
  figureIn(window.groups.find((entry) => entry.group === group)?.figures, kpi);

/** What a machine says of itself for a part: its value, and why there is none or it can't be judged by. */
export type PartValue = (machine: MachineEvidence) => Pick<MeasuredPart, 'value' | 'because'>;

/** The value of a machine's own pinned figure. */
export const ownFigure =
  (kpi: string): PartValue =>
  ({ figures }) => {
    const figure = figureIn(figures, kpi);
    if (figure === undefined || figure.value === null) return { value: null, because: 'no-value' };
    return { value: figure.value, because: figure.notAssessable ? 'not-assessable' : null };
  };

/**
 * What each machine of a group contributes, the worst first: silent ones, then those without a value, then the smallest
 * value. Registered equipment without telemetry is named too.
 */
export function partsOf(input: MembersInput, says: PartValue): MeasuredPart[] {
  const members = membersOf(input);
  const listed = new Set(members.map(({ machine }) => machine?.path));
  const paths = new Set(input.window.groups.find(({ group }) => group === input.group)?.machines);
  const others = input.window.machines
    .filter(({ path }) => paths.has(path) && !listed.has(path))
    .map((machine): Member => ({ id: machine.path, equipment: null, machine }));
  return [...members, ...others].map((member) => partOf(member, says)).sort(worstFirst);
}

const SILENT: ReadonlySet<PartReason | null> = new Set(['no-machine', 'never-heard', 'not-heard']);

function partOf(member: Member, says: PartValue): MeasuredPart {
  const machine = machineOf(member);
  const silence = silenceOf(member);
  const said = member.machine ? says(member.machine) : { value: null, because: null };
  const because = silence !== undefined && said.value === null ? silence : said.because;
  return { id: member.id, machine, value: said.value, counts: null, because };
}

function worstFirst(a: MeasuredPart, b: MeasuredPart): number {
  const rank = ({ value, because }: MeasuredPart) => (value !== null ? 2 : SILENT.has(because) ? 0 : 1);
  return rank(a) - rank(b) || (a.value ?? 0) - (b.value ?? 0) || (a.id < b.id ? -1 : 1);
}

/** A KPI of the ledger as an assessment's measure: the group's pinned figure as it stands. */
export function pinnedFigure(input: MembersInput, kpi: string): Measured {
  const parts = partsOf(input, ownFigure(kpi));
  const figure = groupFigure(input, kpi);
  if (figure === undefined) return nothing('no-machines', parts);
  const { value, low, high, numerator, denominator, coverage, notAssessable, flags } = figure;
  const { revision, digest, formulaVersion } = figure;
  return {
    value,
    low,
    high,
    numerator,
    denominator,
    coverage,
    notAssessable,
    flags,
    proof: { revision, digest, formulaVersion },
    parts,
  };
}
