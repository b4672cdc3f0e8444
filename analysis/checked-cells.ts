import type { MachinePath } from '../domain/path.ts';
import { type CheckedHour, checkedHour } from '../domain/plausibility/hours.ts';
import { type EpochMs, gapsIn, type Span } from '../domain/time.ts';
import type { KeptChecks } from './kept-checks.ts';
import type { LedgerMarks } from './ledger-marks.ts';
import type { Member } from './members.ts';
import type { RowsQuestion } from './questions.ts';
import type { AccountedRow } from './rows.ts';
import { trustNow } from './trust.ts';

/** Hours of ledgers that are asked for at once. */
const HOURS_AT_ONCE = 30_000;
const HOUR_MS = 3_600_000;

export interface HourParts {
  readonly marks: LedgerMarks;
  readonly kept: KeptChecks;
  readonly rows: (question: RowsQuestion) => Promise<readonly AccountedRow[]>;
}

/**
 * The hours of machines of one zone as the checks look at them: what was kept of them where that is what the facts give, the
 * others from the ledger. Those are left out of which nothing is kept any more.
 */
export async function checkedHours(
  parts: HourParts,
  {
    members,
    span,
    asOf,
  }: { readonly members: readonly Member[]; readonly span: Span; readonly asOf: EpochMs },
): Promise<ReadonlyMap<MachinePath, readonly CheckedHour[]>> {
  const trust = trustNow(parts.marks, asOf);
  const known = members.map((member) => {
    const { path } = member.machine;
    const until = Math.min(span.to, trust(member).trustedUntil);
    const hours = parts.kept.hoursOf(path, { from: span.from, to: until });
    return { member, hours: [...hours], gaps: [...gapsIn(hours, span)] };
  });
  const nameOf = (gaps: readonly Span[]) => gaps.map(({ from, to }) => `${from}/${to}`).join();
  for (const alike of Map.groupBy(known, ({ gaps }) => nameOf(gaps)).values()) {
    const ownOf = new Map(alike.map((one) => [one.member.machine.path, one.hours]));
    for (const gap of alike[0]?.gaps ?? []) {
      const some = Math.max(1, Math.floor((HOURS_AT_ONCE * HOUR_MS) / (gap.to - gap.from)));
      for (let at = 0; at < alike.length; at += some) {
        const asked = alike.slice(at, at + some).map(({ member }) => member);
        const by = ['machine', 'hour'] as const;
        for (const { row } of await parts.rows({ ...gap, members: asked, scope: '', by, asOf })) {
          if (!row.flags.includes('ledger-removed'))
            ownOf.get(row.key.machine as MachinePath)?.push(checkedHour(row));
        }
      }
    }
  }
  return new Map(
    known.map(({ member, hours }) => [member.machine.path, hours.sort((a, b) => a.from - b.from)]),
  );
}
