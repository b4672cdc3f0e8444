import { useState } from 'preact/hooks';
import { reasonName } from '../../../../../domain/reason-names.ts';
import { duration } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { changeOf, type Loss, lossesByReason, lossesOf, lossName } from '../../line/losses.ts';
import type { LineFacts } from '../../line/use-line.ts';
import type { Stretch } from '../../line/windows.ts';
import { type Stop, stopName } from '../../machine/stop.ts';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { machineSpanAddress } from '../../route.ts';
import { Change } from './change.tsx';

const FIRST = 12;

/** Which machine lost how many minutes to what, the largest loss first. */
export function Losses({
  scope,
  facts,
  before,
  span,
  stop,
}: {
  readonly scope: string;
  readonly facts: LineFacts;
  readonly before: LineFacts | undefined;
  readonly span: Stretch;
  /** Only what was lost to this state and reason; `null`: everything. */
  readonly stop: Stop | null;
}) {
  const { words, locale, language } = useSpeech();
  const [all, showAll] = useState(false);
  // Reasons are asked of the stored observations, and may come later than the ledger.
  const every =
    facts.reasons && (before === undefined || before.reasons)
      ? lossesByReason(facts.reasons.machines.rows, before?.reasons?.machines.rows)
      : lossesOf(facts.machines.rows, before?.machines.rows);
  const losses = every.filter(
    ({ state, reason }) =>
      stop === null || (state !== null && stopName({ state, reason }) === stopName(stop)),
  );
  const most = losses[0]?.ms ?? 0;
  const name = (machine: string): string => machine.slice(scope.length + 1);
  const stretch = { from: Date.parse(span.from), to: Date.parse(span.to) };
  // Reasons that are still being asked for are no missing ones.
  const reasonsCome = !facts.reasons || (before !== undefined && !before.reasons);
  const reasonText = ({ reason, state }: Loss): string | null =>
    reason ? reasonName(reason, language) : state && words.states[state];
  const columns: Column<Loss>[] = [
    {
      id: 'machine',
      title: words.machine,
      text: ({ machine }) => machine,
      show: ({ machine }) => (
        <a class="cut" href={machineSpanAddress(machine, stretch)} title={machine}>
          {name(machine)}
        </a>
      ),
    },
    {
      id: 'loss',
      title: words.wall.loss,
      text: (loss) => words.classes[loss.name],
      show: (loss) => (
        <span class="class-name">
          <i class={`class-${loss.name}`} /> {words.classes[loss.name]}
        </span>
      ),
    },
    {
      id: 'reason',
      title: words.reason,
      text: reasonText,
      show: (loss) => <span class="cut">{reasonText(loss) ?? (reasonsCome ? '…' : '–')}</span>,
    },
    {
      id: 'ms',
      title: words.duration,
      text: ({ ms }) => ms,
      show: ({ ms, name: class_ }) => (
        <span class="loss-bar">
          <span class="track">
            <i class={`class-${class_}`} style={{ width: `${most > 0 ? (ms / most) * 100 : 0}%` }} />
          </span>
          <b>{duration(ms, locale)}</b>
        </span>
      ),
      kind: 'bar',
    },
    {
      id: 'before',
      title: words.wall.before,
      text: ({ beforeMs }) => beforeMs,
      show: ({ beforeMs }) => (beforeMs === null ? '–' : duration(beforeMs, locale)),
      kind: 'number',
    },
    {
      id: 'change',
      title: words.wall.change,
      text: (loss) => changeOf(loss),
      show: (loss) => <Change ms={changeOf(loss)} />,
      kind: 'number',
    },
  ];
  return (
    <section class="card" aria-labelledby="losses-title">
      <h2 id="losses-title">{words.wall.losses}</h2>
      <p class="muted">{words.wall.lossesHint}</p>
      {losses.length === 0 ? (
        <p>{words.wall.noLosses}</p>
      ) : (
        <RichTable
          name={words.wall.losses}
          file={`losses-${scope.replaceAll('/', '-')}`}
          columns={columns}
          rows={all ? losses : losses.slice(0, FIRST)}
          keyOf={lossName}
        />
      )}
      {losses.length > FIRST ? (
        <button type="button" onClick={() => showAll(!all)}>
          {fill(all ? words.wall.showFew : words.wall.showAll, { count: all ? FIRST : losses.length })}
        </button>
      ) : null}
    </section>
  );
}
