import type { LineStop, LineStopSum, LineStops as Told } from '../../api.ts';
import { query } from '../../api.ts';
import { duration, moment } from '../../format.ts';
import { fill, type Speech, useSpeech } from '../../i18n/index.ts';
import { kindText, machineText, stateText } from '../../line/cause-text.ts';
import { useKept } from '../../line/use-kept.ts';
import type { Stretch } from '../../line/windows.ts';
import { Failure, Loading } from '../../parts/notice.tsx';
import { Removed } from '../../parts/removed.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { type ReasonNaming, useReasonName } from '../../plant/use-reason-name.ts';
import { machineSpanAddress } from '../../route.ts';
import { useAsked } from '../../use-asked.ts';

const MOST_SHOWN = 200;

/** Which machine stopped a line, for how long, and by which rule that is told. */
export function LineStops({
  scope,
  span,
  zone,
  thing,
}: {
  readonly scope: string;
  readonly span: Stretch;
  readonly zone: string;
  /** Stays the same while the span moves on with the clock. */
  readonly thing: string;
}) {
  const speech = useSpeech();
  const { words } = speech;
  const asked = useAsked<Told>(`/line-stops${query({ line: scope, from: span.from, to: span.to })}`);
  const told = useKept(asked, thing);
  return (
    <section class="card" aria-labelledby="line-stops-title">
      <h2 id="line-stops-title">{words.lineStops.title}</h2>
      {asked.error ? <Failure error={asked.error} again={asked.again} /> : null}
      {told ? <Facts told={told} scope={scope} span={span} zone={zone} /> : asked.error ? null : <Loading />}
    </section>
  );
}

function Facts({
  told,
  scope,
  span,
  zone,
}: {
  readonly told: Told;
  readonly scope: string;
  readonly span: Stretch;
  readonly zone: string;
}) {
  const speech = useSpeech();
  const reasonName = useReasonName();
  const { words } = speech;
  const file = `line-stops-${scope.replaceAll('/', '-')}`;
  return (
    <>
      <LineRuleText told={told} />
      <LineStopsTotal ms={told.ms} />
      <Removed keptSince={told.keptSince} from={Date.parse(span.from)} zone={zone} />
      {told.byMachine.length === 0 ? null : (
        <>
          <RichTable
            name={words.lineStops.title}
            file={file}
            columns={sumColumns(told.byMachine[0]?.ms ?? 0, span, speech)}
            rows={told.byMachine}
            keyOf={({ machine, kind }) => `${machine} ${kind}`}
          />
          <details class="as-table">
            <summary>{words.lineStops.list}</summary>
            <RichTable
              name={words.lineStops.list}
              file={`${file}-list`}
              columns={stopColumns(speech, zone, reasonName)}
              rows={told.stops}
              keyOf={({ from }) => from}
              most={MOST_SHOWN}
            />
          </details>
        </>
      )}
    </>
  );
}

/** For how long a line stood, and for how long nobody knows. */
export function LineStopsTotal({ ms: { stopped, unknown } }: { readonly ms: Told['ms'] }) {
  const { words, locale } = useSpeech();
  return (
    <p>
      {stopped === 0 && unknown === 0
        ? words.lineStops.none
        : fill(words.lineStops.total, {
            stopped: duration(stopped, locale),
            unknown: duration(unknown, locale),
          })}
    </p>
  );
}

/** By which rule the line is judged, and what a reader must know of it. */
export function LineRuleText({ told: { rule } }: { readonly told: Pick<Told, 'rule'> }) {
  const { words, language } = useSpeech();
  return (
    <p class="muted">
      <span title={rule.why[language]}>
        {fill(words.lineStops.rule, { rule: rule.title[language] })}
        {language === 'zh' ? '。' : '. '}
        {rule.why[language]}
      </span>{' '}
      {rule.declared ? null : words.lineStops.orderUndeclared}{' '}
      {rule.waiting.machines.length > 0
        ? fill(words.lineStops.inferredBy, {
            count: rule.waiting.machines.length,
            rule: rule.waiting.title[language],
          })
        : null}
    </p>
  );
}

const sumColumns = (most: number, span: Stretch, speech: Speech): readonly Column<LineStopSum>[] => {
  const { words, locale } = speech;
  const stretch = { from: Date.parse(span.from), to: Date.parse(span.to) };
  return [
    {
      id: 'machine',
      title: words.lineStops.cause,
      text: ({ machine }) => machine,
      show: ({ machine }) =>
        machine === null ? (
          machineText(machine, speech)
        ) : (
          <a class="cut" href={machineSpanAddress(machine, stretch)} title={machine}>
            {machineText(machine, speech)}
          </a>
        ),
    },
    { id: 'kind', title: words.lineStops.kind, text: ({ kind }) => words.lineStops.kinds[kind] },
    {
      id: 'ms',
      title: words.lineStops.lost,
      text: ({ ms }) => ms,
      show: ({ ms, kind }) => (
        <span class="loss-bar">
          <span class="track">
            <i
              class={
                kind === 'unknown' ? 'class-unknown' : kind === 'own' ? 'class-breakdown' : 'class-delay'
              }
              style={{ width: `${most > 0 ? (ms / most) * 100 : 0}%` }}
            />
          </span>
          <b>{duration(ms, locale)}</b>
        </span>
      ),
      kind: 'bar',
    },
    { id: 'stops', title: words.lineStops.stops, text: ({ stops }) => stops, kind: 'number' },
    {
      id: 'longest',
      title: words.lineStops.longest,
      text: ({ longestMs }) => longestMs,
      show: ({ longestMs }) => duration(longestMs, locale),
      kind: 'number',
    },
  ];
};

const stopColumns = (speech: Speech, zone: string, reasonName: ReasonNaming): readonly Column<LineStop>[] => {
  const { words, locale } = speech;
  return [
    {
      id: 'from',
      title: words.from,
      text: ({ from }) => from,
      show: ({ from }) => moment(from, locale, zone),
    },
    { id: 'to', title: words.to, text: ({ to }) => to, show: ({ to }) => moment(to, locale, zone) },
    {
      id: 'ms',
      title: words.lineStops.lost,
      text: ({ from, to }) => Date.parse(to) - Date.parse(from),
      show: ({ from, to }) => duration(Date.parse(to) - Date.parse(from), locale),
      kind: 'number',
    },
    {
      id: 'machine',
      title: words.lineStops.cause,
      text: ({ cause }) => cause.machine,
      show: ({ cause }) => machineText(cause.machine, speech),
    },
    { id: 'kind', title: words.lineStops.kind, text: ({ cause }) => kindText(cause, speech) },
    { id: 'state', title: words.lineStops.state, text: ({ cause }) => stateText(cause, speech, reasonName) },
    {
      id: 'chain',
      title: words.lineStops.chain,
      text: ({ chain }) => chain.map(({ machine }) => machineText(machine, speech)).join(' ← '),
    },
    {
      id: 'marks',
      title: words.lineStops.marks,
      text: ({ cause, over }) =>
        [cause.inferred ? words.lineStops.inferred : '', over ? words.lineStops.over : '']
          .filter(Boolean)
          .join('; ') || null,
    },
  ];
};
