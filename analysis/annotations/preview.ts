import type { Edit } from '../../domain/annotations/edit.ts';
import { kpis as catalogue } from '../../domain/kpi/index.ts';
import type { CellResult } from '../../domain/ledger.ts';
import { type EpochMs, intersect, type Span } from '../../domain/time.ts';
import type { Store } from '../../store/port.ts';
import { accountCells } from '../account.ts';
import { accounted } from '../accounted.ts';
import type { Figure, LedgerRow, RowKey } from '../answers.ts';
import { cutWindow } from '../cells.ts';
import { cutsOf } from '../cuts.ts';
import { figuresOf } from '../figures.ts';
import type { Member } from '../members.ts';
import { type AccountedCell, createRows } from '../rows.ts';

/** A row's sums and figures. */
export interface PreviewSide {
  readonly ms: LedgerRow['ms'];
  readonly figures: readonly Figure[];
}

/** A shift of a production day, or its time outside shifts, without an edit and with it. */
export interface PreviewRow extends Span {
  readonly key: RowKey;
  readonly before: PreviewSide;
  readonly after: PreviewSide;
  /** Whether any sum differs. */
  readonly changed: boolean;
}

const KPIS = catalogue.map(({ id }) => id);

/** What an edit would change in the production days that it touches; nothing is saved. */
export async function previewOf({
  store,
  member,
  edit,
  until,
  asOf,
}: {
  readonly store: Pick<Store, 'facts'>;
  readonly member: Member;
  /** As if it were the newest. */
  readonly edit: Edit;
  /** Where its doing ends. */
  readonly until: EpochMs;
  readonly asOf: EpochMs;
}): Promise<readonly PreviewRow[]> {
  const { site } = member;
  const touched = { from: edit.from, to: Math.max(until, edit.from + 1) };
  const days = cutsOf(site, touched, site.zone).days.filter((day) => intersect(day, touched));
  const window = { from: days[0]?.from ?? edit.from, to: Math.min(days.at(-1)?.to ?? until, asOf) };
  const cells = cutWindow({ site, window, by: ['day', 'shift'] });
  const rowsWith = async (one: Member) => {
    const found: AccountedCell[] = [];
    const put = (index: number, result: CellResult): void => {
      found[index] = accounted(one.machine, result);
    };
    await accountCells({ store, tasks: [{ member: one, cells, put }], asOf });
    const rows = createRows(['day', 'shift']);
    rows.add(one.machine, cells, found);
    return rows.end();
  };
  const entered: Member['entered'] = (span) => {
    const said = member.entered?.(span) ?? {};
    return { ...said, edits: [...(said.edits ?? []), edit] };
  };
  const [before, after] = [await rowsWith(member), await rowsWith({ ...member, entered })];
  return before.map((old, place) => {
    const now = after[place] as typeof old;
    const side = (one: typeof old): PreviewSide => ({ ms: one.row.ms, figures: figuresOf(one, KPIS) });
    const { key, from, to } = old.row;
    const changed = (Object.keys(old.row.ms) as (keyof LedgerRow['ms'])[]).some(
      (name) => old.row.ms[name] !== now.row.ms[name],
    );
    return { key, from, to, before: side(old), after: side(now), changed };
  });
}
