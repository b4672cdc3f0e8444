import type { Interval } from '../api/timeline.ts';
import { duration } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { StateBadge } from '../parts/state.tsx';
import { useReasonName } from '../plant/use-reason-name.ts';
import { observationsAddress, stopsAddress } from '../route.ts';
import { instantOf } from './clock.ts';

/** What is said of a stretch that no reported state explains. */
const SOURCE_WORDS = { derived: 'derived', silence: 'silence', never: 'neverYet' } as const;

/** One stretch of the timeline in words, and the way to what was heard in it. */
export function Picked({
  path,
  interval,
  zone,
}: {
  path: string;
  interval: Interval | undefined;
  zone: string;
}) {
  const { words, locale } = useSpeech();
  const reasonName = useReasonName();
  if (!interval) return <p class="picked muted">{words.onMachine.pickHint}</p>;
  const [from, to] = [Date.parse(interval.from), Date.parse(interval.to)];
  return (
    <p class="picked">
      <StateBadge path={path} state={interval.state} reason={interval.reason} />{' '}
      <span>
        {instantOf(from, locale, zone)} → {instantOf(to, locale, zone)}
      </span>{' '}
      <b>{duration(to - from, locale)}</b>
      {interval.annotation?.reason ? (
        <b> {fill(words.stopping.entered, { reason: reasonName(path, interval.annotation.reason) })}</b>
      ) : null}
      {interval.raw !== null ? (
        <span class="muted">
          {' '}
          {words.onMachine.rawWord} <code>{interval.raw}</code>
        </span>
      ) : null}
      {interval.source !== 'observed' ? (
        <span class="muted"> {words.onMachine[SOURCE_WORDS[interval.source]]}</span>
      ) : null}{' '}
      <a href={observationsAddress(path, { from, to })}>{words.onMachine.whatWasHeard}</a>{' '}
      <a href={stopsAddress(path)}>{words.stopping.openPage}</a>
    </p>
  );
}
