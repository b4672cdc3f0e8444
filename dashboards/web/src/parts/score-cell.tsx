import type { ListedScore } from '../../../../analysis/assessment/port.ts';
import { useVoice } from '../assess/voice.ts';
import { BoundedBar } from './bounded-bar.tsx';

/** A score as a bar with its bounds, its number and what it may be. */
export function ScoreCell({ score, label }: { readonly score: ListedScore; readonly label: string }) {
  const { percent, range } = useVoice();
  return (
    <span class="score">
      <BoundedBar {...score} label={label} />
      <b>{percent(score.value)}</b>
      <small>{range(score.low, score.high, '1')}</small>
    </span>
  );
}
