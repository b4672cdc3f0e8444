import type { EpochMs, Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { accountCells } from './account.ts';
import type { RowKey } from './answers.ts';
import { digestOf } from './digest.ts';
import { figuresOf } from './figures.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Members } from './members.ts';
import { type LedgerQuestion, QuestionRefused } from './port.ts';
import { FIGURES_OF_A_LEDGER_ROW, leastRows, type RowsQuestion, refuseRows } from './questions.ts';
import type { AccountedRow, CellProof } from './rows.ts';

const LONGEST_CELL_MS = 31 * 86_400_000;

/** A figure as far as it is proved. Integers are text, so that they stay exact on every way. */
export interface ProvedFigure {
  readonly kpi: string;
  readonly value: number | null;
  readonly numerator: string | null;
  readonly denominator: string | null;
  readonly formulaVersion: string;
}

export interface ProvedSide {
  readonly digest: string;
  readonly figures: readonly ProvedFigure[];
}

export interface ProvedRow extends Span {
  readonly key: RowKey;
  /** `not-checked` says nothing against the figures: the raw data that they follow from is removed. */
  readonly outcome: 'same' | 'differs' | 'not-checked';
  readonly because: string | null;
  /** Raw data that they follow from is removed. */
  readonly rawDataRemoved: boolean;
  /** What `/kpis` answers. */
  readonly served: ProvedSide & { readonly revision: number };
  /** What raw data gives, whatever is recorded. */
  readonly recomputed: ProvedSide;
}

export interface ProofAnswer extends Span {
  readonly scope: string;
  readonly asOf: EpochMs;
  /** Observations before it are removed; `null`: all are kept. */
  readonly keptSince: EpochMs | null;
  readonly rows: readonly ProvedRow[];
}

export interface CellsAnswer extends Span {
  readonly asOf: EpochMs;
  readonly rows: readonly (Span & {
    readonly key: RowKey;
    readonly digest: string;
    readonly cells: readonly CellProof[];
  })[];
}

/** What a figure follows from, for whoever doesn't want to believe it. */
export interface Prover {
  /** Recomputes figures from raw data, past everything that is recorded or was answered, and holds both side by side. */
  verify(question: LedgerQuestion & { readonly kpis: readonly string[] }): Promise<ProofAnswer>;
  /** The canonical inputs of a machine's span as one cell: their SHA-256 is its digest. */
  inputs(question: Span & { readonly machine: string; readonly asOf?: EpochMs }): Promise<Uint8Array>;
  /** The cells of each row: the SHA-256 of their canonical JSON is the row's digest. */
  cells(question: LedgerQuestion): Promise<CellsAnswer>;
}

export function createProver({
  store,
  members,
  rows,
  rowsOfFacts,
  now,
  keptSince,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly members: Members;
  /** As they are answered. */
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
  /** From raw data alone. */
  readonly rowsOfFacts: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
  readonly now: () => EpochMs;
  readonly keptSince: () => EpochMs;
}): Prover {
  const asked = async (question: LedgerQuestion, figuresOfRow: number): Promise<RowsQuestion> => {
    const found = await members.inScope(question.scope);
    const whole = { ...question, members: found, asOf: question.asOf ?? now() };
    refuseRows(leastRows(whole), figuresOfRow);
    return whole;
  };
  return {
    async verify({ kpis, ...question }) {
      // Each figure twice: as it is served, and as it is made anew.
      const whole = await asked(question, 2 * kpis.length);
      const { asOf } = whole;
      const since = keptSince();
      const [answered, anew] = [await rows(whole), await rowsOfFacts(whole)];
      return {
        ...{ scope: question.scope, from: question.from, to: question.to, asOf },
        keptSince: Number.isFinite(since) ? since : null,
        rows: answered.map((row, index) => proved(row, anew[index] as AccountedRow, kpis, since)),
      };
    },

    async inputs({ machine, from, to, asOf = now() }) {
      if (to - from > LONGEST_CELL_MS) {
        throw new QuestionRefused(
          'span-too-large',
          'to',
          'the inputs of one cell are those of 31 days at most; ask for a shorter span, or for the cells of a row',
        );
      }
      const since = keptSince();
      if (from < since) throw new QuestionRefused('raw-data-removed', 'from', REMOVED);
      const member = await members.one(machine);
      let inputs = new Uint8Array();
      await accountCells({
        ...{ store, asOf },
        tasks: [{ member, cells: [{ from, to }], put: () => {} }],
        // The bytes are the writer's again after the call.
        digest: (bytes) => {
          inputs = bytes.slice();
          return digestOf(bytes);
        },
      });
      return inputs;
    },

    async cells(question) {
      const whole = await asked(question, FIGURES_OF_A_LEDGER_ROW);
      const found = await rows({ ...whole, withCells: true });
      return {
        ...{ from: question.from, to: question.to, asOf: whole.asOf },
        rows: found.map(({ row: { key, from, to, digest }, cells = [] }) => ({
          key,
          from,
          to,
          digest,
          cells,
        })),
      };
    },
  };
}

/** Bookkeeping by which nothing is recorded: every cell is made of facts. */
export const withoutRecords = (marks: LedgerMarks): LedgerMarks => ({
  ...marks,
  recordedUntil: () => null,
  standings: () => new Map(),
});

function proved(
  answered: AccountedRow,
  anew: AccountedRow,
  kpis: readonly string[],
  keptSince: EpochMs,
): ProvedRow {
  const { key, from, to, revision } = answered.row;
  const [served, recomputed] = [answered, anew].map((row) => sideOf(row, kpis)) as [ProvedSide, ProvedSide];
  const same = JSON.stringify(served) === JSON.stringify(recomputed);
  const rawDataRemoved = anew.row.flags.includes('raw-data-removed') || from < keptSince;
  const ledgerRemoved = answered.row.flags.includes('ledger-removed');
  const lost = ledgerRemoved || (!same && rawDataRemoved);
  return {
    ...{ key, from, to },
    outcome: lost ? 'not-checked' : same ? 'same' : 'differs',
    because: ledgerRemoved ? LEDGER_REMOVED : lost ? REMOVED : same ? null : differenceOf(served, recomputed),
    rawDataRemoved,
    served: { ...served, revision },
    recomputed,
  };
}

const LEDGER_REMOVED =
  'it can no longer be verified: neither raw data nor the recorded ledger of that time is kept (retention)';

export const REMOVED = 'it can no longer be verified: raw data of that time is removed (retention)';

const differenceOf = (served: ProvedSide, recomputed: ProvedSide): string =>
  served.digest === recomputed.digest
    ? 'the inputs are the same, the figures are not'
    : 'what raw data gives now has other inputs';

const sideOf = (row: AccountedRow, kpis: readonly string[]): ProvedSide => ({
  digest: row.row.digest,
  figures: figuresOf(row, kpis).map(({ kpi, value, numerator, denominator, formulaVersion }) => ({
    ...{ kpi, value, numerator: textOf(numerator), denominator: textOf(denominator), formulaVersion },
  })),
});

const textOf = (integer: bigint | null): string | null => (integer === null ? null : `${integer}`);
