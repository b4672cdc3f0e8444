import { useState } from 'preact/hooks';
import { CLASS_ORDER } from '../../../../domain/ledger-row.ts';
import { shiftName } from '../../../../domain/shift-names.ts';
import { type Figure, type Kpis, type Ledger, type LedgerRow, query } from '../api.ts';
import { integer, percent } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { Failure, Loading } from '../parts/notice.tsx';
import { RichTable } from '../parts/rich-table.tsx';
import { Switch } from '../parts/switch.tsx';
import { ThinBar } from '../parts/thin-bar.tsx';
import { machineSpanAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import type { Window } from '../windows.ts';
import { minutes } from './clock.ts';

/** A longer window is looked through by day first. */
const LONG_MS = 48 * 3_600_000;

interface Line {
  readonly row: LedgerRow;
  readonly figures: readonly Figure[];
}

/** The shifts or production days of a window, each leading to its own timeline. */
export function PeriodsTable({
  path,
  window,
  counted,
  everyMs,
}: {
  path: string;
  window: Window;
  /** A count was ever heard. */
  counted: boolean;
  everyMs: number | undefined;
}) {
  const { words, locale, language } = useSpeech();
  const [by, setBy] = useState<'day,shift' | 'day'>(window.to - window.from > LONG_MS ? 'day' : 'day,shift');
  const asked = query({ scope: path, from: window.from, to: window.to, by });
  const ledger = useAsked<Ledger>(`/ledger${asked}`, everyMs);
  const kpis = useAsked<Kpis>(`/kpis${asked}&kpi=utilisation,oee`, everyMs);
  const error = ledger.error ?? kpis.error;
  const rows = ledger.answer?.rows;
  const lines = rows
    // Time outside shifts is worth a line only where something was done in it.
    ?.filter(({ key, ms }) =>
      CLASS_ORDER.some((name) => ms[name] > 0 && (key.shift !== null || name !== 'notScheduled')),
    )
    .map((row): Line => {
      const same = kpis.answer?.rows.find(
        ({ key }) => key.day === row.key.day && key.shift === row.key.shift,
      );
      return { row, figures: same?.figures ?? [] };
    });
  const piecesOf = (row: LedgerRow, what: 'produced' | 'reject'): number | null =>
    counted && !row.flags.includes('no-count') ? row.counts[what] : null;
  const withShifts = rows?.some(({ key }) => key.shift) ?? false;
  const periodOf = ({ row: { key } }: Line): string =>
    by === 'day' || !withShifts
      ? (key.day ?? '')
      : `${key.day} ${key.shift ? shiftName(key.shift, language) : words.outsideShifts}`;
  const figure = (kpi: 'utilisation' | 'oee') => {
    const of = ({ figures }: Line): number | null => {
      const found = figures.find((one) => one.kpi === kpi);
      return found && !found.notAssessable ? found.value : null;
    };
    return {
      id: kpi,
      title: words[kpi],
      text: of,
      show: (line: Line) => percent(of(line), locale),
      kind: 'number' as const,
    };
  };
  const time = (id: 'running' | 'breakdown' | 'minorStop' | 'unknown') => ({
    id,
    title: `${words.classes[id]} (${words.onMachine.minutesUnit})`,
    text: ({ row }: Line) => row.ms[id],
    show: ({ row }: Line) => minutes(row.ms[id], locale),
    kind: 'number' as const,
  });
  return (
    <section class="card" aria-labelledby="periods-title">
      <div class="card-head">
        <h2 id="periods-title">{words.onMachine.periods}</h2>
        <Switch
          label={words.onMachine.orderBy}
          ways={[
            ['day,shift', words.onMachine.perShift],
            ['day', words.onMachine.perDay],
          ]}
          chosen={by}
          choose={setBy}
        />
      </div>
      {error ? <Failure error={error} again={ledger.again} /> : null}
      {lines ? (
        <RichTable
          name={words.onMachine.periods}
          file={`periods-${path.replaceAll('/', '-')}`}
          rows={lines}
          keyOf={({ row }) => `${row.key.day}.${row.key.shift}`}
          columns={[
            {
              id: 'period',
              title: by === 'day' ? words.day : words.shift,
              text: periodOf,
              show: (line) => (
                <a
                  href={machineSpanAddress(path, {
                    from: Date.parse(line.row.from),
                    to: Date.parse(line.row.to),
                  })}
                >
                  {periodOf(line)}
                </a>
              ),
            },
            {
              id: 'ledger',
              title: words.ledger,
              text: ({ row }) => row.ms.running,
              show: ({ row }) => <ThinBar row={row} />,
              kind: 'bar',
            },
            figure('utilisation'),
            figure('oee'),
            time('running'),
            time('breakdown'),
            time('minorStop'),
            time('unknown'),
            {
              id: 'produced',
              title: words.produced,
              text: ({ row }) => piecesOf(row, 'produced'),
              show: ({ row }) => {
                const pieces = piecesOf(row, 'produced');
                return pieces === null ? '–' : integer(pieces, locale);
              },
              kind: 'number',
            },
            {
              id: 'reject',
              title: words.reject,
              text: ({ row }) => piecesOf(row, 'reject'),
              kind: 'number',
            },
            {
              id: 'revision',
              title: words.revision,
              text: ({ row }) => row.revision,
              show: ({ row }) => (
                <>
                  {row.flags.includes('provisional') ? <span class="mark">{words.provisional}</span> : null}{' '}
                  {row.revision}
                </>
              ),
              kind: 'number',
            },
          ]}
        />
      ) : error ? null : (
        <Loading />
      )}
    </section>
  );
}
