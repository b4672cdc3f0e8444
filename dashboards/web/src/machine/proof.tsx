import type { LedgerRow } from '../api.ts';
import { integer } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { Folded } from '../parts/folded.tsx';
import { Flags } from '../parts/ledger-chart.tsx';
import { WhatChanged } from './what-changed.tsx';

/** What was counted, what is worth saying of the row, and what its revision and digest are good for. */
export function Proof({
  row,
  counted,
  scope,
  zone,
}: {
  row: LedgerRow;
  counted: boolean;
  scope: string;
  zone: string;
}) {
  const { words, locale } = useSpeech();
  const counts = [
    [words.produced, row.counts.produced],
    [words.good, row.counts.good],
    [words.reject, row.counts.reject],
    [words.duringUnknown, row.counts.duringUnknown],
    [words.extraPieces, row.counts.extra],
  ] as const;
  // The last two are worth a place only where there are any.
  const shown = counts.filter(([, pieces], place) => place < 3 || pieces > 0);
  const known = counted && !row.flags.includes('no-count');
  return (
    <section class="card proof-card" aria-labelledby="proof-title">
      <h2 id="proof-title">{words.onMachine.countsAndProof}</h2>
      <p class="counts">
        {shown.map(([name, pieces]) => (
          <span key={name}>
            {name} <b>{known ? integer(pieces, locale) : '–'}</b>
          </span>
        ))}
      </p>
      <Flags flags={row.flags} />
      <p class="proof">
        {row.flags.includes('provisional') ? <b class="mark">{words.provisional}</b> : null} {words.revision}{' '}
        {row.revision} · {words.digest} <code title={row.digest}>{row.digest.slice(0, 12)}</code>
        {row.finality ? ` · ${words.onMachine.finalities[row.finality]}` : null}
      </p>
      {row.revision > 1 ? (
        <Folded summary={words.onMachine.whatChanged}>
          {() => <WhatChanged scope={scope} from={row.from} to={row.to} zone={zone} />}
        </Folded>
      ) : null}
      <Folded summary={words.onMachine.whatTheyMean}>
        {() => (
          <dl class="meanings">
            <dt>{words.provisional}</dt>
            <dd>{words.onMachine.provisionalMeans}</dd>
            <dt>{words.revision}</dt>
            <dd>{words.onMachine.revisionMeans}</dd>
            <dt>{words.digest}</dt>
            <dd>
              {words.onMachine.digestMeans} <code class="whole">{row.digest}</code>
            </dd>
          </dl>
        )}
      </Folded>
    </section>
  );
}
