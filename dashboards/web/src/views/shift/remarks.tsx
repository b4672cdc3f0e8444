import type { ShiftRemark, ShiftReport } from '../../api.ts';
import { duration } from '../../format.ts';
import { type Speech, useSpeech } from '../../i18n/index.ts';
import { machineText } from '../../line/cause-text.ts';
import { PRINTED } from '../../line/print-limits.ts';
import { AndMore, beyond } from './beyond.tsx';

function remarkText({ code, machine, ms }: ShiftRemark, speech: Speech): string {
  const { words, locale } = speech;
  const names: Readonly<Record<string, string>> = words.shiftReport.remarkNames;
  const said = names[code] ?? words.flags[code] ?? code;
  return [
    machine === null ? null : machineText(machine, speech),
    said,
    ms === null ? null : duration(ms, locale),
  ]
    .filter((part) => part !== null)
    .join(' · ');
}

/** What of the data a reader must know. */
export function ShiftRemarks({ report }: { readonly report: ShiftReport }) {
  const speech = useSpeech();
  const { words } = speech;
  return (
    <section aria-labelledby="shift-remarks-title">
      <h2 id="shift-remarks-title">{words.shiftReport.remarks}</h2>
      {report.remarks.length === 0 ? <p class="muted">{words.shiftReport.noRemarks}</p> : null}
      <ul class="shift-remarks">
        {report.remarks.map((remark, place) => (
          <li key={`${remark.code} ${remark.machine}`} class={beyond(place, PRINTED.remarks)}>
            {remarkText(remark, speech)}
          </li>
        ))}
      </ul>
      <AndMore count={report.remarks.length} printed={PRINTED.remarks} />
    </section>
  );
}
