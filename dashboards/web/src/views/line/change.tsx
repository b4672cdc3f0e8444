import { duration } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';

/** How much longer than before, by sign and word; a dash where that isn't known. Only of a loss is more worse. */
export function Change({ ms, loss = true }: { readonly ms: number | null; readonly loss?: boolean }) {
  const { words, locale } = useSpeech();
  if (ms === null) return <>–</>;
  if (ms === 0) return <span title={words.wall.same}>=</span>;
  return (
    <span
      class={loss ? `change ${ms > 0 ? 'more' : 'less'}` : 'change'}
      title={ms > 0 ? words.wall.more : words.wall.less}
    >
      <span aria-hidden="true">{ms > 0 ? '▲' : '▼'}</span> {ms > 0 ? '+' : '−'}
      {duration(Math.abs(ms), locale)}
    </span>
  );
}
