import { useState } from 'preact/hooks';
import type { ReasonPart } from '../api/ledger.ts';
import { integer } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { Switch } from '../parts/switch.tsx';
import { DataTable } from '../parts/table.tsx';
import { useReasonName } from '../plant/use-reason-name.ts';
import { minutes } from './clock.ts';
import { type Stop, stopName } from './stop.ts';

/** The classes that are lost out of planned busy time. */
const LOST: readonly ReasonPart['class'][] = [
  'breakdown',
  'changeover',
  'delay',
  'minorStop',
  'idle',
  'unknown',
];
const SHOWN = 10;
const WIDTH = 100;

/** What planned busy time was lost to, the most first, with the line of the sum. A row points its stops out in the timeline. */
export function Pareto({
  path,
  reasons,
  stop,
  pointOut,
  file,
}: {
  path: string;
  reasons: readonly ReasonPart[];
  stop: Stop | null;
  pointOut: (stop: Stop | null) => void;
  file: string;
}) {
  const { words, locale } = useSpeech();
  const reasonName = useReasonName();
  const [by, setBy] = useState<'ms' | 'stops'>('ms');
  const [all, setAll] = useState(false);
  const lost = reasons.filter((part) => LOST.includes(part.class)).toSorted((a, b) => b[by] - a[by]);
  const shown = all ? lost : lost.slice(0, SHOWN);
  const most = lost[0]?.[by] ?? 1;
  const total = lost.reduce((sum, part) => sum + part[by], 0);
  return (
    <section class="card reasons" aria-labelledby="pareto-title">
      <div class="card-head">
        <h2 id="pareto-title">{words.onMachine.pareto}</h2>
        <Switch
          label={words.onMachine.orderBy}
          ways={[
            ['ms', words.onMachine.byMinutes],
            ['stops', words.onMachine.byStops],
          ]}
          chosen={by}
          choose={setBy}
        />
      </div>
      {lost.length === 0 ? <p class="muted">{words.onMachine.nothingLost}</p> : null}
      {lost.length > 0 ? (
        <>
          <p class="pareto-head muted" aria-hidden="true">
            <span>{words.onMachine.minutesUnit}</span>
            <span>{words.onMachine.stops}</span>
            <span>{words.onMachine.longest}</span>
          </p>
          <ol class="pareto">
            {shown.map((part, place) => (
              <ParetoRow
                path={path}
                key={`${part.class}/${part.state}/${part.reason}`}
                part={part}
                share={part[by] / most}
                sum={lost.slice(0, place + 1).reduce((sum, one) => sum + one[by], 0) / total}
                pressed={stop !== null && stopName(stop) === stopName(part)}
                press={(pressed) => pointOut(pressed ? null : { state: part.state, reason: part.reason })}
              />
            ))}
          </ol>
          {lost.length > SHOWN ? (
            <button type="button" class="small" onClick={() => setAll(!all)}>
              {all
                ? words.onMachine.fewer
                : `${words.onMachine.allReasons} (${integer(lost.length, locale)})`}
            </button>
          ) : null}
        </>
      ) : null}
      <DataTable
        name={file}
        head={[
          words.timeClass,
          words.state,
          words.reason,
          `${words.duration} (ms)`,
          words.onMachine.stops,
          `${words.onMachine.longest} (ms)`,
        ]}
        rows={reasons.map((part) => [
          words.classes[part.class],
          words.states[part.state],
          part.reason && reasonName(path, part.reason),
          part.ms,
          part.stops,
          part.longestMs,
        ])}
      />
    </section>
  );
}

function ParetoRow({
  path,
  part,
  share,
  sum,
  pressed,
  press,
}: {
  path: string;
  part: ReasonPart;
  /** Of the longest bar. */
  share: number;
  /** Where the line of the sum stands, of all. */
  sum: number;
  pressed: boolean;
  press: (pressed: boolean) => void;
}) {
  const { words, locale } = useSpeech();
  const reasonName = useReasonName();
  return (
    <li>
      <button
        type="button"
        class="pareto-row"
        title={part.reason ?? undefined}
        aria-pressed={pressed}
        onClick={() => press(pressed)}
      >
        <span class="what">
          <span class={`class-dot class-${part.class}`} aria-hidden="true" />
          <span class="reason">
            {part.reason === null
              ? part.class === 'unknown'
                ? words.onMachine.noData
                : words.onMachine.noReason
              : reasonName(path, part.reason)}
          </span>{' '}
          <small class="muted">
            {words.classes[part.class]} · {words.states[part.state]}
          </small>
        </span>
        <b>{minutes(part.ms, locale)}</b>
        <span class="number">{integer(part.stops, locale)}</span>
        <span class="number muted">{minutes(part.longestMs, locale)}</span>
        <span class="track" aria-hidden="true">
          <i class={`bar class-${part.class}`} style={{ width: `${share * WIDTH}%` }} />
          <i class="sum" style={{ left: `${sum * WIDTH}%` }} />
        </span>
      </button>
    </li>
  );
}
