import { type ReasonSums, reasonSums, reasonWalk } from '../domain/reasons.ts';
import { type EpochMs, intersect, type Span } from '../domain/time.ts';
import type { Store } from '../store/port.ts';
import { DIMENSIONS, type Dimension, type ReasonRow, type RowKey } from './answers.ts';
import { byWork, type CellSpan, spanKeyer } from './cells.ts';
import { LONGEST_MS } from './class-facts.ts';
import { classPieces } from './class-pieces.ts';
import type { Member } from './members.ts';
import { QuestionRefused } from './port.ts';
import { type RowsQuestion, sitesOf } from './questions.ts';
import type { RawHorizons } from './raw-horizon.ts';
import { compareKeys, keyOf } from './rows.ts';
import { workIn } from './work.ts';

const DAY_MS = 86_400_000;
/** Reasons aren't recorded, so that every fact is read: more days of machines than this are refused. */
export const MOST_MACHINE_DAYS = 20_000;
/** More stretches that a border parts, of all machines together, are refused. */
const MOST_STRETCHES = 500_000;
/** More combinations of row, class, state and reason are refused. */
const MOST_PARTS = 500_000;

type Keyed = Span & Pick<CellSpan, 'key'>;

/**
 * The rows of a ledger question, each with its classes split by state and reason. Reads facts, and what was kept where those
 * were removed, at most a month of one machine at a time. Refused `zone-needed` and `span-too-large`.
 */
export async function reasonRowsFor({
  store,
  horizons,
  question,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly horizons: RawHorizons;
  readonly question: RowsQuestion;
}): Promise<readonly ReasonRow[]> {
  const { members, by, asOf } = question;
  const window = { from: question.from, to: Math.max(question.from, Math.min(question.to, asOf)) };
  const spansOf = await spansFor({ store, horizons }, question, window);
  const rows = createRows(by);
  for (const member of members) {
    for (const span of spansOf(member)) rows.of(member, span);
  }
  const walks = new Map(members.map((member) => [member, reasonWalk()]));
  for (let from = window.from; from < window.to; from += LONGEST_MS) {
    const run = { from, to: Math.min(from + LONGEST_MS, window.to) };
    for await (const [member, found] of classPieces({ store, horizons, members, run, asOf })) {
      const spans = spansOf(member).flatMap((keyed) => {
        const span = intersect(keyed, run);
        return span ? [{ span, sums: rows.of(member, keyed) }] : [];
      });
      walks.get(member)?.(found, spans);
      if (rows.parts() > MOST_PARTS) throw tooLarge(`has more than ${MOST_PARTS} rows and reasons`);
    }
  }
  return rows.end();
}

/** The stretches of each machine's window. */
async function spansFor(
  look: { readonly store: Pick<Store, 'facts'>; readonly horizons: RawHorizons },
  question: RowsQuestion,
  window: Span,
): Promise<(member: Member) => readonly Keyed[]> {
  const { members, by, zone } = question;
  const sites = sitesOf(question);
  const days = Math.ceil(((window.to - window.from) / DAY_MS) * members.length);
  if (days > MOST_MACHINE_DAYS) {
    throw tooLarge(`needs the facts of ${days} days of machines, more than ${MOST_MACHINE_DAYS}`);
  }
  const keyers = new Map(sites.map((site) => [site, spanKeyer({ site, window, by, zone })]));
  const keyerOf = ({ site }: Member) => keyers.get(site) as ReturnType<typeof spanKeyer>;
  const common = new Map(byWork(by) ? [] : sites.map((site) => [site, keyers.get(site)?.() ?? []]));
  const workOf = byWork(by) ? await workIn({ ...look, members, window }) : undefined;
  const spans = new Map(
    members.map((member) => [member, workOf ? keyerOf(member)(workOf(member)) : common.get(member.site)]),
  );
  const spansOf = (member: Member): readonly Keyed[] => spans.get(member) ?? [];
  const stretches = members.reduce((sum, member) => sum + spansOf(member).length, 0);
  if (stretches > MOST_STRETCHES) {
    throw tooLarge(
      `needs ${stretches} stretches (machines × hours, shifts, days or orders), more than ${MOST_STRETCHES}`,
    );
  }
  return spansOf;
}

const tooLarge = (what: string): QuestionRefused =>
  new QuestionRefused(
    'span-too-large',
    'to',
    `the question ${what}; ask for a shorter span, a narrower scope, or without by=hour`,
  );

interface Draft {
  readonly key: RowKey;
  from: EpochMs;
  to: EpochMs;
  readonly sums: ReasonSums;
}

function createRows(by: readonly Dimension[]) {
  const dimensions = DIMENSIONS.filter((dimension) => by.includes(dimension));
  const drafts = new Map<string, Draft>();
  let parts = 0;
  const added = (): void => void parts++;
  return {
    of({ machine }: Member, { from, to, key }: Keyed): ReasonSums {
      const own = keyOf(dimensions, machine.path, key);
      const name = JSON.stringify(dimensions.map((dimension) => own[dimension] ?? null));
      const draft = drafts.getOrInsertComputed(name, () => ({ key: own, from, to, sums: reasonSums(added) }));
      draft.from = Math.min(draft.from, from);
      draft.to = Math.max(draft.to, to);
      return draft.sums;
    },
    parts: () => parts,
    end: (): readonly ReasonRow[] =>
      [...drafts.values()]
        .map(({ key, from, to, sums }) => ({ key, from, to, reasons: sums.end() }))
        .sort((a, b) => compareKeys(dimensions, a.key, b.key) || a.from - b.from),
  };
}
