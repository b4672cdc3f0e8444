import { useState } from 'preact/hooks';
import { SEVERITY_NAMES } from '../../../../../domain/alert.ts';
import { duration, moment } from '../../format.ts';
import type { AlertNow, Told } from '../../health/alerts.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { machineAddress } from '../../route.ts';
import { useNow } from '../../use-now.ts';
import { TakeOn } from './take-on.tsx';

/** One alert that is open: what, since when, who was told, and who takes care. */
export function AlertItem({
  alert,
  skewMs,
  again,
}: {
  readonly alert: AlertNow;
  readonly skewMs: number;
  readonly again: () => void;
}) {
  const { words, language, locale } = useSpeech();
  const say = words.alerting;
  const [taking, take] = useState(false);
  const now = useNow(10_000) + skewMs;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { severity, title, text, subject, machine, since, acknowledgement } = alert;
  const length = duration(Math.max(0, now - Date.parse(since)), locale);
  return (
    <li class={`alert of-${severity}`}>
      <div class="alert-head">
        <b class="mark">{SEVERITY_NAMES[severity][language]}</b> <b>{title[language]}</b>{' '}
        {machine === null ? <b class="break">{subject}</b> : <a href={machineAddress(machine)}>{machine}</a>}
        <span class="block">
          {text[language]}{' '}
          <small class="muted">
            {moment(since, locale, zone)} · {fill(say.lasts, { length })}
          </small>
        </span>
        {acknowledgement ? (
          <small class="block">
            ✓{' '}
            {fill(say.takesCare, { by: acknowledgement.by, when: moment(acknowledgement.at, locale, zone) })}
            {acknowledgement.note ? ` · ${acknowledgement.note}` : null}
          </small>
        ) : null}
        {newestOf(alert.tellings).map((told) => (
          <TellingLine key={told.channel} told={told} />
        ))}
      </div>
      {alert.state === 'firing' && !taking ? (
        <button type="button" class="touch" onClick={() => take(true)}>
          {say.takeOn}
        </button>
      ) : null}
      {alert.state === 'firing' && taking ? (
        <TakeOn id={alert.id} cancel={() => take(false)} done={again} />
      ) : null}
    </li>
  );
}

/** What each channel was told last. */
const newestOf = (tellings: readonly Told[]): readonly Told[] => [
  ...new Map(tellings.map((told) => [told.channel, told])).values(),
];

function TellingLine({ told }: { readonly told: Told }) {
  const { words, locale } = useSpeech();
  const { channel, state, dueAt, finishedAt, error } = told;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const at = state === 'delivered' ? finishedAt : dueAt;
  const when = at === null ? '' : moment(at, locale, zone);
  return (
    <small class={error ? 'block warning break' : 'block muted break'}>
      {channel}: {fill(words.deliveries[state], { when })}
      {error ? (
        <>
          {' '}
          (<span lang="en">{error}</span>)
        </>
      ) : null}
    </small>
  );
}
