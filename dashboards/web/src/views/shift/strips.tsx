import { CLASS_ORDER } from '../../../../../domain/ledger-row.ts';
import type { ShiftReport } from '../../api.ts';
import { clock, duration, percent } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import { PRINTED } from '../../line/print-limits.ts';
import { machineSpanAddress } from '../../route.ts';
import { AndMore, beyond } from './beyond.tsx';

const HOUR_MS = 3_600_000;
const TICKS = 6;

/** What each machine did in the shift, on one axis; those in the order of the line come first. */
export function Strips({ report }: { readonly report: ShiftReport }) {
  const { words, locale } = useSpeech();
  const [from, to] = [Date.parse(report.from), Date.parse(report.to)];
  const order = report.lineStops.rule.machines;
  const placeOf = (machine: string): number =>
    (order.indexOf(machine) + order.length + 1) % (order.length + 1);
  const machines = report.machines.toSorted((a, b) => placeOf(a.machine) - placeOf(b.machine));
  const at = (time: number): number => ((time - from) / (to - from)) * 100;
  const stepMs = Math.max(1, Math.ceil((to - from) / HOUR_MS / TICKS)) * HOUR_MS;
  const ticks = Array.from(
    { length: Math.floor((to - from) / stepMs) + 1 },
    (_, index) => from + index * stepMs,
  );
  const seen = CLASS_ORDER.filter((name) => report.row.ms[name] > 0);
  return (
    <section aria-labelledby="strips-title">
      <h2 id="strips-title">{words.shiftReport.strips}</h2>
      <p class="strip-legend">
        {seen.map((name) => (
          <span key={name}>
            <i class={`class-${name}`} /> {words.classes[name]} {duration(report.row.ms[name], locale)}
          </span>
        ))}
      </p>
      <ul class="strips">
        {machines.map(({ machine, strip, row, figures }, place) => (
          <li key={machine} class={beyond(place, PRINTED.machines)}>
            <a class="cut" href={machineSpanAddress(machine, { from, to })} title={machine}>
              {machine.slice(report.line.length + 1)}
            </a>
            <span
              class="strip"
              role="img"
              aria-label={CLASS_ORDER.filter((name) => row.ms[name] > 0)
                .map((name) => `${words.classes[name]} ${duration(row.ms[name], locale)}`)
                .join(', ')}
            >
              {strip.map((piece) => (
                <i
                  key={piece.from}
                  class={`class-${piece.class}`}
                  style={{
                    left: `${at(Date.parse(piece.from))}%`,
                    width: `${at(Date.parse(piece.to)) - at(Date.parse(piece.from))}%`,
                  }}
                />
              ))}
            </span>
            <b>
              {figures.some(({ notAssessable }) => notAssessable)
                ? '–'
                : percent(figures.find(({ kpi }) => kpi === 'utilisation')?.value ?? null, locale)}
            </b>
          </li>
        ))}
      </ul>
      <p class="strip-axis" aria-hidden="true">
        {ticks.map((tick) => (
          <span key={tick} style={{ left: `${at(tick)}%` }}>
            {clock(tick, locale, report.zone)}
          </span>
        ))}
      </p>
      <AndMore count={machines.length} printed={PRINTED.machines} />
    </section>
  );
}
