import { shiftName } from '../../../../domain/shift-names.ts';
import { query, type ShiftReport } from '../api.ts';
import { moment } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { lineAddress, plantAddress, type ShiftAsked, shiftAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { ShiftFigures } from './shift/figures.tsx';
import { ShiftLosses } from './shift/losses.tsx';
import { ShiftNotes } from './shift/notes.tsx';
import { ShiftRemarks } from './shift/remarks.tsx';
import { ShiftLineStops, ShiftOrders, ShiftStops } from './shift/stops.tsx';
import { Strips } from './shift/strips.tsx';

const EVERY_MS = 60_000;

/** One shift of a line: on the screen with all of it, on paper as one page. */
export function ShiftView({
  line,
  asked: { day, shift },
}: {
  readonly line: string;
  readonly asked: ShiftAsked;
}) {
  const { words } = useSpeech();
  const { answer, error, again } = useAsked<ShiftReport>(
    `/shift-report${query({ line, day, shift })}`,
    EVERY_MS,
  );
  const crumbs = (
    <div class="crumbs">
      <a href={plantAddress()}>{words.plant}</a> › <a href={lineAddress(line)}>{line.split('/').at(-1)}</a>
    </div>
  );
  if (error && (error.status === 404 || error.status === 400)) {
    return (
      <>
        {crumbs}
        <Notice title={words.shiftReport.noShift}>
          <p>{error.message}</p>
        </Notice>
      </>
    );
  }
  return (
    <>
      {crumbs}
      {error ? <Failure error={error} again={again} /> : null}
      {answer ? <Sheet report={answer} again={again} /> : error ? null : <Loading />}
    </>
  );
}

function Sheet({ report, again }: { readonly report: ShiftReport; readonly again: () => void }) {
  const file = `shift-${report.line.replaceAll('/', '-')}-${report.day}-${report.shift ?? 'day'}`;
  return (
    <article class="shift-sheet">
      <Head report={report} />
      <ShiftFigures report={report} />
      <Strips report={report} />
      <div class="shift-columns">
        <ShiftLosses report={report} />
        <ShiftStops report={report} file={file} />
      </div>
      <div class="shift-columns">
        <ShiftLineStops report={report} file={file} />
        <ShiftOrders report={report} file={file} />
      </div>
      <div class="shift-columns">
        <ShiftNotes report={report} again={again} />
        <ShiftRemarks report={report} />
      </div>
      <Foot report={report} />
    </article>
  );
}

function Head({ report }: { readonly report: ShiftReport }) {
  const { words, language, locale } = useSpeech();
  const { line, shift, day, from, to, zone, status, before } = report;
  const name = shift === null ? words.shiftReport.wholeDay : shiftName(shift, language);
  return (
    <header class="shift-head">
      <h1>
        {words.shiftReport.title} · {line.split('/').slice(2).join(' / ')} · {day} {name}
      </h1>
      <p class="muted">
        {line.split('/').slice(0, 2).join(' / ')} · {moment(from, locale, zone)} ~ {moment(to, locale, zone)}{' '}
        ({zone}) · <b class={`shift-status ${status}`}>{words.shiftReport.statuses[status]}</b>
        {before ? ` · ${fill(words.shiftReport.beforeDay, { day: before.day })}` : ''}
      </p>
      <p class="shift-tools">
        <button type="button" onClick={() => print()}>
          {words.shiftReport.print}
        </button>{' '}
        {before ? (
          <a href={shiftAddress(line, { day: before.day, shift: before.shift })}>
            {words.shiftReport.earlier}
          </a>
        ) : null}
      </p>
    </header>
  );
}

/** What a printed sheet can be compared by with what is known later. */
function Foot({ report }: { readonly report: ShiftReport }) {
  const { words, locale } = useSpeech();
  const { asOf, zone, status, finalAt, row, figures } = report;
  const versions = [...new Set(figures.map(({ formulaVersion }) => formulaVersion))].join(' ');
  return (
    <footer class="shift-foot">
      <p>
        {words.wall.asOf} {moment(asOf, locale, zone)} · {words.shiftReport.statuses[status]}
        {status === 'provisional' || status === 'running'
          ? ` (${fill(words.shiftReport.finalAt, { time: moment(finalAt, locale, zone) })})`
          : ''}{' '}
        · {words.revision} {row.revision} · {versions}
      </p>
      <p>
        {words.digest} <code>{row.digest}</code>
      </p>
      <p class="signature">{words.shiftReport.signature}</p>
    </footer>
  );
}
