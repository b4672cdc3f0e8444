import type { ListedDeclaration } from '../../../../analysis/assessment/port.ts';
import { titleOfFigure } from '../../../../domain/assess/figure-titles.ts';
import { useVoice } from '../assess/voice.ts';
import { DeclaredBar } from './bounded-bar.tsx';

/** One declared figure against what was measured, as a pair on one scale. */
export function DeclaredCell({
  one,
  named = true,
}: {
  readonly one: ListedDeclaration;
  /** Whether the figure's name isn't said already beside it. */
  readonly named?: boolean;
}) {
  const { words, say, value } = useVoice();
  const { figure, unit, declared, measured, state } = one;
  const name = say(titleOfFigure(figure));
  return (
    <span class="declared-cell">
      {named ? <small class="name">{name}</small> : null}
      {measured ? (
        <DeclaredBar
          declared={declared}
          value={measured.value}
          low={measured.low}
          high={measured.high}
          {...(unit === '1' ? { most: 1 } : {})}
          label={`${name}: ${words.bases.declared} ${value(declared, unit)}, ${words.bases.measured} ${value(measured.value, unit)}`}
        />
      ) : null}
      <span class={state === 'open' ? 'warning' : undefined}>
        {value(declared, unit)} <span class="muted">→</span>{' '}
        <b>{measured ? value(measured.value, unit) : '–'}</b>
      </span>
    </span>
  );
}
