import { duration, moment } from '../../format.ts';
import { type AlertNow, type AlertsAnswer, byWeight, type ChannelNow } from '../../health/alerts.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { useAsked } from '../../use-asked.ts';
import { AlertItem } from './alert-item.tsx';

const REFRESH_MS = 5000;
const OPEN = '/notifications?state=firing,acknowledged&limit=200';
const OVER = '/notifications?state=resolved&limit=20';

/** What people are told of: the alerts that are open, those that are over, and whether the channels work. */
export function Alerts({ skewMs }: { readonly skewMs: number }) {
  const { words } = useSpeech();
  const open = useAsked<AlertsAnswer>(OPEN, REFRESH_MS);
  const over = useAsked<AlertsAnswer>(OVER, REFRESH_MS);
  const { answer } = open;
  const ended = over.answer?.items ?? [];
  // Who has set nothing up sees nothing of it.
  if (!answer || (answer.rules === 0 && answer.channels.length === 0 && ended.length === 0)) return null;
  const say = words.alerting;
  return (
    <section class="card" aria-labelledby="health-alerts">
      <h2 id="health-alerts" tabIndex={-1}>
        {say.alertsTitle}
      </h2>
      {answer.rules === 0 ? <p class="warning">{say.watchOff}</p> : null}
      {answer.items.length === 0 ? (
        <p class="muted">{say.nothingOpen}</p>
      ) : (
        <ul class="plain alerts">
          {answer.items.toSorted(byWeight).map((alert) => (
            <AlertItem key={alert.id} alert={alert} skewMs={skewMs} again={open.again} />
          ))}
        </ul>
      )}
      <Channels channels={answer.channels} />
      {ended.length > 0 ? <Ended alerts={ended} /> : null}
    </section>
  );
}

function Channels({ channels }: { readonly channels: readonly ChannelNow[] }) {
  const { words, locale } = useSpeech();
  const say = words.alerting;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <div class="channels">
      <h3>{say.channelsTitle}</h3>
      <ul class="plain">
        {channels.map(({ id, waiting, lastDeliveredAt, lastError }) => (
          <li key={id}>
            <b class={lastError ? 'verdict failed' : 'verdict passed'}>
              <span aria-hidden="true">{lastError ? '✗' : '✓'}</span> {id}
            </b>{' '}
            {lastDeliveredAt === null
              ? say.neverDelivered
              : fill(say.lastDelivered, { when: moment(lastDeliveredAt, locale, zone) })}
            {waiting > 0 ? ` · ${fill(say.waitingCount, { count: waiting })}` : null}
            {lastError ? (
              <small class="block warning break" lang="en">
                {lastError}
              </small>
            ) : null}
          </li>
        ))}
      </ul>
    </div>
  );
}

function Ended({ alerts }: { readonly alerts: readonly AlertNow[] }) {
  const { words, language, locale } = useSpeech();
  const say = words.alerting;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <details class="as-table">
      <summary>{say.overBefore}</summary>
      <ul class="plain">
        {alerts.map(({ id, title, subject, since, resolvedAt }) => (
          <li key={id} class="break">
            {title[language]} <b>{subject}</b>{' '}
            <small class="muted">
              {fill(say.ended, {
                when: moment(resolvedAt ?? since, locale, zone),
                length: duration(Date.parse(resolvedAt ?? since) - Date.parse(since), locale),
              })}
            </small>
          </li>
        ))}
      </ul>
    </details>
  );
}
