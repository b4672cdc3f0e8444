import { LOSS_STEPS } from '../../../../../domain/losses.ts';
import type { ShiftReport } from '../../api.ts';
import { percent } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import { minutes } from '../../machine/clock.ts';

/** The loss waterfall from planned busy time down to productive time, in minutes. */
export function ShiftLosses({ report }: { readonly report: ShiftReport }) {
  const { words, language, locale } = useSpeech();
  const ends = report.losses.flatMap(({ span }) => span ?? []);
  const [lowest, highest] = [Math.min(0, ...ends), Math.max(1, ...ends)];
  const at = (us: number): number => ((us - lowest) / (highest - lowest)) * 100;
  return (
    <section aria-labelledby="shift-losses-title">
      <h2 id="shift-losses-title">
        {words.shiftReport.losses} <small class="muted">{words.onMachine.minutesUnit}</small>
      </h2>
      <ol class="shift-losses">
        {LOSS_STEPS.flatMap(({ id, kind, title }) => {
          const bar = report.losses.find((one) => one.id === id);
          if (!bar) return [];
          const look = kind === 'loss' && id in words.classes ? `class-${id}` : `step-${id}`;
          return [
            <li key={id} class={kind}>
              <span>
                {kind === 'loss' ? '− ' : ''}
                {title[language]}
              </span>
              <span class="shift-bar" aria-hidden="true">
                {bar.span ? (
                  <i
                    class={look}
                    style={{ left: `${at(bar.span[0])}%`, width: `${at(bar.span[1]) - at(bar.span[0])}%` }}
                  />
                ) : null}
              </span>
              <b>{bar.us === null ? '–' : minutes(bar.us / 1000, locale)}</b>
              <small class="muted">{percent(bar.share, locale)}</small>
            </li>,
          ];
        })}
      </ol>
    </section>
  );
}
