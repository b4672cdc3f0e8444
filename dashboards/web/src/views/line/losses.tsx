import { useState } from 'preact/hooks';
import { fill, useSpeech } from '../../i18n/index.ts';
import { type Loss, lossesByReason, lossesOf, lossName } from '../../line/losses.ts';
import type { LineFacts } from '../../line/use-line.ts';
import type { Stretch } from '../../line/windows.ts';
import { type Stop, stopName } from '../../machine/stop.ts';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { useReasonName } from '../../plant/use-reason-name.ts';
import { machineSpanAddress } from '../../route.ts';
import { classTimeColumns } from './class-time-columns.tsx';

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
  const speech = useSpeech();
  const { words } = speech;
  const reasonName = useReasonName();
  const [all, showAll] = useState(false);
  // Reasons are asked of the stored observations, and may come later than the ledger.
  const every =
    facts.reasons && (before === undefined || before.reasons)
      ? lossesByReason(facts.reasons.machines.rows, before?.reasons?.machines.rows, before?.machines.rows)
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
  const reasonText = ({ machine, reason, state }: Loss): string | null =>
    reason ? reasonName(machine, reason) : state && words.states[state];
  const [lossClass, ...times] = classTimeColumns<Loss>(most, words.wall.loss, speech);
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
    lossClass,
    {
      id: 'reason',
      title: words.reason,
      text: reasonText,
      show: (loss) => <span class="cut">{reasonText(loss) ?? (reasonsCome ? '…' : '–')}</span>,
    },
    ...times,
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
