import { useState } from 'preact/hooks';
import { LOSS_VIEW_IDS, LOSS_VIEWS, type LossViewId } from '../../../../domain/losses.ts';
import { CLASS_NAMES } from '../../../../domain/names.ts';
import type { LossBar, Losses } from '../api/ledger.ts';
import { percent } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { Flags } from '../parts/ledger-chart.tsx';
import { Switch } from '../parts/switch.tsx';
import { DataTable } from '../parts/table.tsx';
import { useAsked } from '../use-asked.ts';
import { minutes } from './clock.ts';

type Row = Losses['rows'][number];

/**
 * From planned busy time down to productive time, as ISO 22400 or TPM books losses; unknown time has its own, hatched bar.
 * `row` is in the view of ISO 22400; `asked`: the query that gave it.
 */
export function Waterfall({ row: inIso, file, asked }: { row: Row; file: string; asked: string }) {
  const [view, choose] = useState<LossViewId>('iso');
  const { answer } = useAsked<Losses>(view === 'iso' ? null : `/losses${asked}&view=${view}`);
  // Until the other view has come, the one that is there stays.
  const other = view === 'iso' ? undefined : answer?.rows[0];
  return <Steps row={other ?? inIso} view={other ? view : 'iso'} file={file} choose={choose} chosen={view} />;
}

function Steps({
  row,
  view,
  file,
  chosen,
  choose,
}: {
  row: Row;
  view: LossViewId;
  file: string;
  chosen: LossViewId;
  choose: (view: LossViewId) => void;
}) {
  const { words, language, locale } = useSpeech();
  const ends = row.steps.flatMap(({ span }) => span ?? []);
  const [lowest, highest] = [Math.min(0, ...ends), Math.max(1, ...ends)];
  const at = (us: number): number => ((us - lowest) / (highest - lowest)) * 100;
  const steps = LOSS_VIEWS[view].steps.flatMap((step) => {
    const bar = row.steps.find(({ id }) => id === step.id);
    return bar ? [{ ...step, bar }] : [];
  });
  const split = row.steps.some(({ us }) => us === null);
  return (
    <section class="card" aria-labelledby="losses-title">
      <h2 id="losses-title">
        {words.onMachine.losses} <small class="muted">{words.onMachine.minutesUnit}</small>
      </h2>
      <Switch
        label={words.onMachine.lossView}
        ways={LOSS_VIEW_IDS.map((id) => [id, LOSS_VIEWS[id].title[language]] as const)}
        chosen={chosen}
        choose={choose}
      />
      <ol class="waterfall">
        {steps.map(({ id, kind, title, symbol, source, big, bar }) => (
          <li key={id} class={kind} title={source}>
            <span class="step">
              {kind === 'loss' ? <span aria-hidden="true">− </span> : null}
              {title[language]} {symbol ? <small class="muted">{symbol}</small> : null}
              {big.length > 0 ? (
                <small class="muted" title={words.onMachine.bigLosses}>
                  {' '}
                  {big.map((place) => '①②③④⑤⑥'[place - 1]).join('')}
                </small>
              ) : null}
            </span>
            <span class="track" aria-hidden="true">
              {lowest < 0 ? <i class="zero" style={{ left: `${at(0)}%` }} /> : null}
              <Bar id={id} kind={kind} bar={bar} at={at} />
            </span>
            <b>{bar.us === null ? '–' : minutes(bar.us / 1000, locale)}</b>
            <small>{percent(bar.share, locale)}</small>
          </li>
        ))}
      </ol>
      {split ? <p class="remedy">{remedyOf(row, words.remedies)}</p> : null}
      <Flags flags={row.flags.filter((flag) => flag === 'effectiveness-above-1')} />
      <DataTable
        name={file}
        head={[
          words.onMachine.step,
          words.onMachine.symbol,
          words.onMachine.bigLosses,
          `${words.duration} (µs)`,
          words.onMachine.shareOfPbt,
        ]}
        rows={steps.map(({ title, symbol, big, bar }) => [
          ...[title[language], symbol, big.join('+')],
          ...[bar.us, bar.share],
        ])}
      />
    </section>
  );
}

function Bar({
  id,
  kind,
  bar: { us, span },
  at,
}: {
  id: string;
  kind: 'total' | 'loss';
  bar: LossBar;
  at: (us: number) => number;
}) {
  if (!span || us === null) return <i class="bar not-known" />;
  if (us === 0) return null;
  const [from, to] = span;
  const look = kind === 'loss' && id in CLASS_NAMES ? `class-${id}` : `step-${id}`;
  return (
    <i
      class={`bar ${look}${us < 0 ? ' negative' : ''}`}
      style={{ left: `${at(from)}%`, width: `${at(to) - at(from)}%` }}
    />
  );
}

/** What would have to be there for running time to be split. */
function remedyOf({ flags }: Row, remedies: Readonly<Record<string, string>>): string {
  return (flags.includes('no-ideal-cycle') ? remedies['no-ideal-cycle'] : remedies['no-count']) ?? '';
}
