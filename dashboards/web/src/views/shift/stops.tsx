import { useState } from 'preact/hooks';
import type { LineStopSum, ShiftReport, ShiftWork } from '../../api.ts';
import { duration, integer, percent } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { machineText, stateText } from '../../line/cause-text.ts';
import { PRINTED } from '../../line/print-limits.ts';
import { Named } from '../../parts/named.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { useReasonName } from '../../plant/use-reason-name.ts';
import { LineRuleText, LineStopsTotal } from '../line/line-stops.tsx';
import { AndMore, beyond } from './beyond.tsx';

/** As many stops as stand beside the losses without a hole below those. */
const FIRST = 10;

/** Rows beyond those that are printed. */
const cutRows = <Row,>(rows: readonly Row[], printed: number) => {
  const places = new Map(rows.map((row, place) => [row, place]));
  return (row: Row): string | undefined => beyond(places.get(row) ?? 0, printed);
};

/** What planned busy time was lost to, the longest first. */
export function ShiftStops({ report, file }: { readonly report: ShiftReport; readonly file: string }) {
  const speech = useSpeech();
  const { words, locale } = speech;
  const reasonName = useReasonName();
  const [all, showAll] = useState(false);
  const columns: readonly Column<ShiftReport['stops'][number]>[] = [
    {
      id: 'machine',
      title: words.machine,
      text: ({ machine }) => machine,
      show: ({ machine }) => machineText(machine, speech),
    },
    { id: 'class', title: words.timeClass, text: (part) => words.classes[part.class] },
    { id: 'reason', title: words.reason, text: (part) => stateText(part, speech, reasonName) },
    {
      id: 'ms',
      title: words.duration,
      text: ({ ms }) => ms,
      show: ({ ms }) => duration(ms, locale),
      kind: 'number',
    },
    { id: 'stops', title: words.lineStops.stops, text: ({ stops }) => stops, kind: 'number' },
  ];
  return (
    <section aria-labelledby="shift-stops-title">
      <h2 id="shift-stops-title">{words.shiftReport.stops}</h2>
      {report.stops.length === 0 ? (
        <p class="muted">{words.shiftReport.noStops}</p>
      ) : (
        <RichTable
          name={words.shiftReport.stops}
          file={`${file}-stops`}
          columns={columns}
          rows={report.stops}
          keyOf={({ machine, class: name, state, reason }) => `${machine} ${name} ${state} ${reason}`}
          classOf={cutRows(report.stops, PRINTED.stops)}
          most={all ? report.stops.length : FIRST}
        />
      )}
      {report.stops.length > FIRST ? (
        <button type="button" class="small" onClick={() => showAll(!all)}>
          {fill(all ? words.wall.showFew : words.wall.showAll, {
            count: all ? FIRST : report.stops.length,
          })}
        </button>
      ) : null}
      <AndMore count={report.stops.length} printed={PRINTED.stops} />
    </section>
  );
}

/** Which machine stopped the line, and by which rule. */
export function ShiftLineStops({ report, file }: { readonly report: ShiftReport; readonly file: string }) {
  const speech = useSpeech();
  const { words, locale } = speech;
  const { byMachine, ms } = report.lineStops;
  const columns: readonly Column<LineStopSum>[] = [
    {
      id: 'machine',
      title: words.lineStops.cause,
      text: ({ machine }) => machine,
      show: ({ machine }) => machineText(machine, speech),
    },
    { id: 'kind', title: words.lineStops.kind, text: ({ kind }) => words.lineStops.kinds[kind] },
    {
      id: 'ms',
      title: words.lineStops.lost,
      text: ({ ms }) => ms,
      show: ({ ms }) => duration(ms, locale),
      kind: 'number',
    },
    { id: 'stops', title: words.lineStops.stops, text: ({ stops }) => stops, kind: 'number' },
  ];
  return (
    <section aria-labelledby="shift-line-stops-title">
      <h2 id="shift-line-stops-title">{words.shiftReport.lineStops}</h2>
      <LineStopsTotal ms={ms} />
      {byMachine.length === 0 ? null : (
        <RichTable
          name={words.shiftReport.lineStops}
          file={`${file}-line-stops`}
          columns={columns}
          rows={byMachine}
          keyOf={({ machine, kind }) => `${machine} ${kind}`}
          classOf={cutRows(byMachine, PRINTED.lineStops)}
        />
      )}
      <AndMore count={byMachine.length} printed={PRINTED.lineStops} />
      <LineRuleText told={report.lineStops} />
    </section>
  );
}

/** What was worked on, where anything was said of it. */
export function ShiftOrders({ report, file }: { readonly report: ShiftReport; readonly file: string }) {
  const { words, locale } = useSpeech();
  const oeeOf = ({ figures }: ShiftWork) => figures.find(({ kpi }) => kpi === 'oee');
  const columns: readonly Column<ShiftWork>[] = [
    {
      id: 'order',
      title: words.shiftReport.order,
      text: ({ row }) => row.key.order ?? null,
      show: ({ row }) => <Named>{row.key.order}</Named>,
    },
    {
      id: 'product',
      title: words.shiftReport.product,
      text: ({ row }) => row.key.product ?? null,
      show: ({ row }) => <Named>{row.key.product}</Named>,
    },
    {
      id: 'produced',
      title: words.shiftReport.produced,
      text: ({ row }) => row.counts.produced,
      show: ({ row }) => integer(row.counts.produced, locale),
      kind: 'number',
    },
    {
      id: 'reject',
      title: words.shiftReport.reject,
      text: ({ row }) => row.counts.reject,
      show: ({ row }) => integer(row.counts.reject, locale),
      kind: 'number',
    },
    {
      id: 'oee',
      title: words.oee,
      text: (work) => (oeeOf(work)?.notAssessable ? null : (oeeOf(work)?.value ?? null)),
      show: (work) =>
        oeeOf(work)?.notAssessable
          ? words.wall.notAssessableShort
          : percent(oeeOf(work)?.value ?? null, locale),
      kind: 'number',
    },
  ];
  return (
    <section aria-labelledby="shift-work-title">
      <h2 id="shift-work-title">{words.shiftReport.work}</h2>
      {report.work.length === 0 ? (
        <p class="muted">{words.shiftReport.noWork}</p>
      ) : (
        <RichTable
          name={words.shiftReport.work}
          file={`${file}-orders`}
          columns={columns}
          rows={report.work}
          keyOf={({ row }) => `${row.key.order} ${row.key.product}`}
          classOf={cutRows(report.work, PRINTED.work)}
        />
      )}
      <AndMore count={report.work.length} printed={PRINTED.work} />
    </section>
  );
}
