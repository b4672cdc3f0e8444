import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../../api.ts';
import { bytes, duration } from '../../format.ts';
import type { Said, SpoolBooks } from '../../health/answers.ts';
import { partName } from '../../health/part-name.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { useNow } from '../../use-now.ts';
import type { Part } from '../../use-readiness.ts';

interface BrokerSetting {
  readonly name: string;
  readonly message: Said;
}

/** The parts of the service: whether each can do its work, and what to do where it can't. */
export function PartsCard({
  parts,
  spool,
  skewMs,
}: {
  readonly parts: readonly Part[];
  readonly spool: SpoolBooks | null;
  readonly skewMs: number;
}) {
  const { words, language } = useSpeech();
  const say = words.dataHealth;
  const settings = useBrokerSettings();
  return (
    <section class="card" aria-labelledby="health-parts">
      <h2 id="health-parts" tabIndex={-1}>
        {say.partsFact}
      </h2>
      <ul class="plain parts">
        {parts.map(({ part, ok, detail, message, remedy }) => (
          <li key={part} class={ok ? undefined : 'trouble'}>
            <b class={ok ? 'verdict passed' : 'verdict failed'}>
              <span aria-hidden="true">{ok ? '✓' : '✗'}</span> {partName(part, words.healthParts)}
            </b>{' '}
            {part === 'spool' && spool ? (
              <Spool spool={spool} skewMs={skewMs} />
            ) : (
              <span>{message[language]}</span>
            )}
            {remedy ? (
              <p>
                {say.remedy}: {remedy[language]}
              </p>
            ) : null}
            {ok ? null : (
              <small class="block muted break" lang="en">
                {detail}
              </small>
            )}
          </li>
        ))}
      </ul>
      {settings.length > 0 ? (
        <details class="as-table">
          <summary>{say.brokerSettings}</summary>
          <dl class="facts">
            {settings.map(({ name, message }) => (
              <>
                <dt>
                  <code>{name}</code>
                </dt>
                <dd>{message[language]}</dd>
              </>
            ))}
          </dl>
        </details>
      ) : null}
    </section>
  );
}

function Spool({ spool, skewMs }: { readonly spool: SpoolBooks; readonly skewMs: number }) {
  const { words, locale } = useSpeech();
  const now = useNow(1000) + skewMs;
  const say = words.dataHealth;
  const age = spool.waitingSince === null ? null : Math.max(0, now - Date.parse(spool.waitingSince));
  return (
    <span>
      {fill(say.spoolFill, { bytes: bytes(spool.bytes, locale), max: bytes(spool.maxBytes, locale) })}
      {age === null ? null : ` · ${fill(say.spoolAge, { age: duration(age, locale) })}`}
      <meter class="spool" min={0} max={spool.maxBytes} value={spool.bytes} aria-label={say.spoolFact} />
    </span>
  );
}

/** Asked once: they are words that don't change. */
function useBrokerSettings(): readonly BrokerSetting[] {
  const [settings, setSettings] = useState<readonly BrokerSetting[]>([]);
  useEffect(() => {
    const stop = new AbortController();
    fetch(addressOf('readyz'), { signal: stop.signal })
      .then((response) => response.json())
      .then((answer: { brokerSettings?: readonly BrokerSetting[] }) =>
        setSettings(answer.brokerSettings ?? []),
      )
      // Without an answer there is nothing to advise; that there is none is told elsewhere.
      .catch(() => undefined);
    return () => stop.abort();
  }, []);
  return settings;
}
