import { type ApiError, type Kpis, type Ledger, type Losses, query, type Reasons } from '../api.ts';
import { useAsked } from '../use-asked.ts';
import { useKept } from './use-kept.ts';
import type { Stretch } from './windows.ts';

/** What is known of a scope over a stretch of time: as a whole, by machine, and by what its page has as rows. */
export interface LineFacts {
  readonly whole: { readonly ledger: Ledger; readonly kpis: Kpis };
  readonly machines: Ledger;
  readonly rows: { readonly ledger: Ledger; readonly kpis: Kpis };
  /** What comes later, because it is made from stored observations. */
  readonly reasons: { readonly whole: Reasons; readonly machines: Reasons } | undefined;
  readonly losses: Losses | undefined;
}

export interface AskedLine {
  readonly facts: LineFacts | undefined;
  readonly error: ApiError | undefined;
  again(): void;
}

/** What a row shows; of the whole every figure is asked. */
const ROW_KPIS = ['utilisation', 'oee', 'availability', 'effectiveness', 'quality-ratio'];
const rowKpis = (what: string, by: string | null): string | null =>
  what === 'kpis' && by !== null ? ROW_KPIS.join(',') : null;

/** `span` `null`: nothing is asked. `thing` stays the same while the span moves on with the clock. */
export function useLine(
  scope: string,
  {
    span,
    by,
    thing,
  }: { readonly span: Stretch | null; readonly by: 'machine' | 'line'; readonly thing: string },
): AskedLine {
  const asking = (what: 'ledger' | 'kpis' | 'reasons' | 'losses', by_: string | null): string | null =>
    span && `/${what}${query({ scope, from: span.from, to: span.to, by: by_, kpi: rowKpis(what, by_) })}`;
  const asked = {
    ledger: useAsked<Ledger>(asking('ledger', null)),
    kpis: useAsked<Kpis>(asking('kpis', null)),
    machines: useAsked<Ledger>(asking('ledger', 'machine')),
    rowLedger: useAsked<Ledger>(by === 'machine' ? null : asking('ledger', by)),
    rowKpis: useAsked<Kpis>(asking('kpis', by)),
    reasons: useAsked<Reasons>(asking('reasons', null)),
    machineReasons: useAsked<Reasons>(asking('reasons', 'machine')),
    losses: useAsked<Losses>(asking('losses', null)),
  };
  const ledger = useKept(asked.ledger, thing);
  const kpis = useKept(asked.kpis, thing);
  const machines = useKept(asked.machines, thing);
  const ofLines = useKept(asked.rowLedger, thing);
  const rowLedger = by === 'machine' ? machines : ofLines;
  const ofRows = useKept(asked.rowKpis, thing);
  const whole = useKept(asked.reasons, thing);
  const ofMachines = useKept(asked.machineReasons, thing);
  const losses = useKept(asked.losses, thing);
  const error = Object.values(asked).find((one) => one.error)?.error;
  return {
    facts:
      span && ledger && kpis && machines && rowLedger && ofRows
        ? {
            ...{ whole: { ledger, kpis }, machines, rows: { ledger: rowLedger, kpis: ofRows }, losses },
            reasons: whole && ofMachines && { whole, machines: ofMachines },
          }
        : undefined,
    error,
    again: () => {
      for (const one of Object.values(asked)) one.again();
    },
  };
}
