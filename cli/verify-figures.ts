import { DIMENSIONS, type Dimension } from '../analysis/answers.ts';
import type { ProofAnswer, ProvedFigure, ProvedRow, ProvedSide } from '../analysis/proof.ts';
import { REMOVED } from '../analysis/proof.ts';
import { type CanonicalValue, parseCanonical } from '../domain/canonical.ts';
import { kpis as catalogue, kpiOf } from '../domain/kpi/index.ts';
import { type ExitCode, type Invocation, NotChecked, text, UsageError } from './command.ts';
import { instantOf } from './instant-option.ts';
import { proverFor } from './prover.ts';
import { EXIT } from './verify-report.ts';

/** What a file says of one row: those figures of it that were asked for. */
interface StatedRow {
  readonly key: Readonly<Record<string, CanonicalValue>>;
  readonly from: number;
  readonly to: number;
  readonly figures: readonly (ProvedFigure & { readonly digest: string })[];
}

interface Checked {
  readonly row: ProvedRow;
  readonly outcome: ProvedRow['outcome'];
  readonly because: string | null;
}

/**
 * Recomputes figures from raw data and compares: with what a saved answer of `/kpis` says, with `--digest`, and always with
 * what the platform answers now.
 */
export async function verifyFigures(
  invocation: Invocation,
  given: { readonly file: string; readonly json: string } | null,
): Promise<ExitCode> {
  const stated = given === null ? null : statedIn(given);
  const question = questionOf(invocation, stated);
  const digest = text(invocation, 'digest')?.toLowerCase();
  if (digest !== undefined && !/^[0-9a-f]{64}$/.test(digest))
    throw new UsageError('--digest: write the 64 hexadecimal digits of a SHA-256');
  await using prover = await proverFor(invocation);
  const answer = await prover.verify(question).catch((error: unknown) => {
    if (invocation.signal.aborted) throw error;
    const because = (error as Error).message;
    if (invocation.values.json === true)
      invocation.print(JSON.stringify({ outcome: 'not-checked', because, rows: [] }));
    throw error instanceof NotChecked
      ? error
      : new NotChecked(`could not be checked: ${because}`, { cause: error });
  });
  if (digest !== undefined && answer.rows.length !== 1) {
    throw new UsageError(
      `--digest is that of one row; the question has ${answer.rows.length}: leave --by out, or ask for one group`,
    );
  }
  const named = stated && new Map(stated.map((row) => [nameOf(row), row]));
  const checked = [
    ...answer.rows.map((row) =>
      checkedRow(row, { digest, stated: named === null ? null : named.get(nameOf(row)) }),
    ),
    ...missing(stated ?? [], answer),
  ];
  const unsaid =
    stated !== null && text(invocation, 'scope') === undefined && stated.some((row) => pathOf(row) === null);
  return told(invocation, answer, unsaid && named ? ofUnsaidMachines(checked, named) : checked);
}

function questionOf(invocation: Invocation, stated: readonly StatedRow[] | null) {
  const first = stated?.[0];
  const [begin, end] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const from =
    instantOf(invocation, 'from') ?? (stated ?? []).reduce((least, row) => Math.min(least, row.from), begin);
  const to = instantOf(invocation, 'to') ?? (stated ?? []).reduce((most, row) => Math.max(most, row.to), end);
  if (from >= to) throw new UsageError('--to is not after --from; a span is half-open, [from, to)');
  const given = text(invocation, 'by');
  const by = (given === undefined ? Object.keys(first?.key ?? {}) : given.split(',')) as Dimension[];
  const strange = by.find((name) => !DIMENSIONS.includes(name));
  if (strange !== undefined)
    throw new UsageError(`--by: "${strange}" is not known; known are: ${DIMENSIONS.join(', ')}`);
  const named = text(invocation, 'kpi')?.split(',');
  // Of every row: one that has further figures has them checked too.
  const written = stated && [...new Set(stated.flatMap(({ figures }) => figures.map(({ kpi }) => kpi)))];
  const kpis = named ?? written ?? catalogue.map(({ id }) => id);
  const unknown = kpis.find((id) => !kpiOf(id));
  if (unknown !== undefined) {
    throw new UsageError(
      `there is no KPI "${unknown}"; known are: ${catalogue.map(({ id }) => id).join(', ')}`,
    );
  }
  const [asOf, zone] = [instantOf(invocation, 'as-of'), text(invocation, 'zone')];
  return {
    ...{ scope: text(invocation, 'scope') ?? scopeOf(stated ?? []), from, to, by, kpis },
    ...(asOf === undefined ? {} : { asOf }),
    ...(zone === undefined ? {} : { zone }),
  };
}

/** The longest path that all rows have in common: whoever asked for less says so with `--scope`. */
function scopeOf(rows: readonly StatedRow[]): string {
  const [first = [], ...others] = rows.map((row) => pathOf(row)?.split('/') ?? []);
  const differs = first.findIndex((level, at) => others.some((path) => path[at] !== level));
  return first.slice(0, differs < 0 ? first.length : differs).join('/');
}

function pathOf({ key }: StatedRow): string | null {
  const path = key.machine ?? key.line ?? key.area ?? key.site;
  return typeof path === 'string' ? path : null;
}

const UNSAID =
  "the file doesn't say of which machines it is, and of all together it isn't: name them with --scope as it was asked for";

/** Rows that name no path may be of any machines; to take all for meant and find a difference would accuse an honest file. */
function ofUnsaidMachines(
  checked: readonly Checked[],
  named: ReadonlyMap<string, StatedRow>,
): readonly Checked[] {
  return checked.map((one) => {
    const digest = named.get(nameOf(one.row))?.figures[0]?.digest;
    if (one.outcome !== 'differs' || digest === one.row.recomputed.digest) return one;
    return { ...one, outcome: 'not-checked', because: UNSAID };
  });
}

function checkedRow(
  row: ProvedRow,
  { digest, stated }: { readonly digest: string | undefined; readonly stated: StatedRow | null | undefined },
): Checked {
  const wrong =
    digest !== undefined && digest !== row.recomputed.digest
      ? `--digest is ${short(digest)}, raw data gives ${short(row.recomputed.digest)}`
      : stated
        ? contradiction(stated, row.recomputed)
        : stated === undefined
          ? 'the file leaves this row out'
          : null;
  const against = wrong ?? (row.outcome === 'same' ? null : (row.because ?? 'differs'));
  if (against === null) return { row, outcome: 'same', because: null };
  const lost = row.rawDataRemoved;
  return {
    row,
    outcome: lost ? 'not-checked' : 'differs',
    because: lost ? REMOVED : against,
  };
}

function contradiction({ figures }: StatedRow, { digest, figures: found }: ProvedSide): string | null {
  for (const one of figures) {
    const now = found.find(({ kpi }) => kpi === one.kpi);
    if (!now) continue;
    if (one.digest !== digest)
      return `${one.kpi}: the file has digest ${short(one.digest)}, raw data gives ${short(digest)}`;
    for (const part of ['value', 'numerator', 'denominator', 'formulaVersion'] as const) {
      if (one[part] !== now[part])
        return `${one.kpi}: the file says ${part} ${one[part]}, raw data gives ${now[part]}`;
    }
  }
  return null;
}

const nameOf = (row: { readonly key: object; readonly from: number; readonly to: number }): string =>
  JSON.stringify([Object.entries(row.key).sort(), row.from, row.to]);

function missing(stated: readonly StatedRow[], { rows }: ProofAnswer): Checked[] {
  const found = new Set(rows.map(nameOf));
  const nothing: ProvedSide = { digest: '', figures: [] };
  return stated
    .filter((one) => !found.has(nameOf(one)))
    .map(({ key, from, to }) => {
      const because = 'raw data gives no such row';
      const sides = { rawDataRemoved: false, served: { ...nothing, revision: 0 }, recomputed: nothing };
      const row: ProvedRow = {
        key: key as ProvedRow['key'],
        from,
        to,
        outcome: 'differs',
        because,
        ...sides,
      };
      return { row, outcome: 'differs', because };
    });
}

function told(invocation: Invocation, answer: ProofAnswer, checked: readonly Checked[]): ExitCode {
  const count = (outcome: ProvedRow['outcome']) => checked.filter((one) => one.outcome === outcome).length;
  const [differ, lost] = [count('differs'), count('not-checked')];
  const outcome = differ > 0 ? 'differs' : lost > 0 ? 'not-checked' : 'same';
  if (invocation.values.json === true) {
    const iso = (at: number) => new Date(at).toISOString();
    const rows = checked.map(({ row, ...judged }) => ({
      ...row,
      from: iso(row.from),
      to: iso(row.to),
      ...judged,
    }));
    invocation.print(JSON.stringify({ outcome, asOf: iso(answer.asOf), rows }));
    return EXIT[outcome];
  }
  for (const { row, outcome: found, because } of checked) {
    const key = Object.values(row.key).map((part) => part ?? '–');
    const span = `${new Date(row.from).toISOString()} to ${new Date(row.to).toISOString()}`;
    const word = found === 'not-checked' ? 'could not be checked' : found;
    const shown = because ?? short(row.recomputed.digest);
    invocation.print(`${word}: ${[...key, span].join(', ')}: ${shown}`);
  }
  invocation.print(
    `${checked.length - differ - lost} of ${checked.length} rows are what raw data gives, ${differ} differ, ${lost} could not be checked`,
  );
  return EXIT[outcome];
}

const short = (digest: string): string => `${digest.slice(0, 12)}…`;

function statedIn({ file, json }: { readonly file: string; readonly json: string }): readonly StatedRow[] {
  const { rows } = parseCanonical(json) as { readonly rows: readonly Record<string, never>[] };
  if (rows.length === 0) throw new UsageError(`verify: ${file} has no rows`);
  const said = new Map<string, number>();
  return rows.map((row, index): StatedRow => {
    const { key, from, to, figures } = row as Record<string, unknown>;
    const [begin, end] = [Date.parse(`${from}`), Date.parse(`${to}`)];
    if (typeof key !== 'object' || key === null || Number.isNaN(begin + end) || !Array.isArray(figures)) {
      throw new UsageError(
        `verify: ${file}, row ${index + 1} is none of /kpis: it needs key, from, to and figures`,
      );
    }
    const name = nameOf({ key, from: begin, to: end });
    const earlier = said.get(name);
    if (earlier !== undefined) {
      throw new UsageError(
        `verify: ${file}, row ${index + 1} is about what row ${earlier} is about already; an answer of /kpis says it once`,
      );
    }
    said.set(name, index + 1);
    return {
      key: key as StatedRow['key'],
      from: begin,
      to: end,
      figures: figures.map((figure) => ({
        ...(figure as StatedRow['figures'][number]),
        numerator: textOf(figure.numerator),
        denominator: textOf(figure.denominator),
      })),
    };
  });
}

const textOf = (integer: unknown): string | null =>
  integer === null || integer === undefined ? null : `${integer}`;
