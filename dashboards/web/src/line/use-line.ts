import { type ApiError, type Kpis, type Ledger, query } from '../api.ts';
import { useAsked } from '../use-asked.ts';
import { useKept } from './use-kept.ts';
import type { Stretch } from './windows.ts';

/** What is known of a scope over a stretch of time: as a whole, by machine, and by what its page has as rows. */
export interface LineFacts {
  readonly whole: { readonly ledger: Ledger; readonly kpis: Kpis };
  readonly machines: Ledger;
  readonly rows: { readonly ledger: Ledger; readonly kpis: Kpis };
}

export interface AskedLine {
  readonly facts: LineFacts | undefined;
  readonly error: ApiError | undefined;
  again(): void;
}

/** `span` `null`: nothing is asked. `thing` stays the same while the span moves on with the clock. */
export function useLine(
  scope: string,
  {
    span,
    by,
    thing,
  }: { readonly span: Stretch | null; readonly by: 'machine' | 'line'; readonly thing: string },
): AskedLine {
  const asking = (what: 'ledger' | 'kpis', by_: string | null): string | null =>
    span && `/${what}${query({ scope, from: span.from, to: span.to, by: by_ })}`;
  const asked = {
    ledger: useAsked<Ledger>(asking('ledger', null)),
    kpis: useAsked<Kpis>(asking('kpis', null)),
    machines: useAsked<Ledger>(asking('ledger', 'machine')),
    rowLedger: useAsked<Ledger>(by === 'machine' ? null : asking('ledger', by)),
    rowKpis: useAsked<Kpis>(asking('kpis', by)),
  };
  const ledger = useKept(asked.ledger, thing);
  const kpis = useKept(asked.kpis, thing);
  const machines = useKept(asked.machines, thing);
  const ofLines = useKept(asked.rowLedger, thing);
  const rowLedger = by === 'machine' ? machines : ofLines;
  const rowKpis = useKept(asked.rowKpis, thing);
  const error = Object.values(asked).find((one) => one.error)?.error;
  return {
    facts:
      span && ledger && kpis && machines && rowLedger && rowKpis
        ? { whole: { ledger, kpis }, machines, rows: { ledger: rowLedger, kpis: rowKpis } }
        : undefined,
    error,
    again: () => {
      for (const one of Object.values(asked)) one.again();
    },
  };
}
