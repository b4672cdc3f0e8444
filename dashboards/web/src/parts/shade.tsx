import type { ListedScore } from '../../../../analysis/assessment/port.ts';
import { NOTHING, useVoice } from '../assess/voice.ts';

/** How much of the accent a full score gets: more would make its own number hard to read. */
const MOST = 45;

/** A score as a number on a shade, hatched where evidence is missing; `null`: nothing of it applies. */
export function Shade({ score }: { readonly score: ListedScore | null }) {
  const { percent, range } = useVoice();
  if (!score) return <span class="shade nothing">{NOTHING}</span>;
  const { value, low, high } = score;
  const share = Math.round((value ?? 0) * MOST);
  return (
    <span class={value === null ? 'shade open' : 'shade'} style={{ '--share': `${share}%` }}>
      <b>{value === null ? NOTHING : percent(value)}</b>
      <small>{range(low, high, '1')}</small>
    </span>
  );
}
