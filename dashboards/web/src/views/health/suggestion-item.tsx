import { integer, moment } from '../../format.ts';
import { isWholeText, type SuggestionSaid } from '../../health/suggestions.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { CopyText } from '../../parts/copy-text.tsx';
import { Folded } from '../../parts/folded.tsx';
import { Scroll } from '../../parts/scroll.tsx';
import { explainAddress } from '../../route.ts';

/** A family of topics, one of its messages, and the rule that would read it. */
export function SuggestionItem({ family }: { readonly family: SuggestionSaid }) {
  const { words, locale, language } = useSpeech();
  const say = words.suggesting;
  const { topics, topicCount, messages, mapped, yaml, reason, observations } = family;
  const seen = fill(say.familySeen, {
    topics: integer(topicCount, locale),
    messages: integer(messages, locale),
  });
  return (
    <Folded
      summary={
        <>
          <code class="break">{topics}</code> <span class="muted">{seen}</span>{' '}
          <span class={mapped === messages ? 'verdict passed' : 'verdict failed'}>
            <span aria-hidden="true">{mapped === messages ? '✓' : '!'}</span>{' '}
            {yaml === null ? say.familyUnread : fill(say.familyMapped, { mapped: integer(mapped, locale) })}
          </span>
        </>
      }
    >
      {() => (
        <div class="suggestion">
          <div>
            <h3>{say.sampleOf}</h3>
            <Sample family={family} />
          </div>
          <div>
            <h3>{say.proposedRule}</h3>
            {yaml === null ? <p>{say.noProposal}</p> : <CopyText name={say.proposedRule} text={yaml} />}
            {reason ? <p class="muted">{reason[language]}</p> : null}
            {observations.length > 0 ? (
              <>
                <h3>{say.readsOf}</h3>
                <ul class="plain read-of">
                  {observations.map(({ machine, signal, ts, value }) => (
                    <li key={`${machine} ${signal} ${ts}`} class="break" translate={false}>
                      <span class="muted">{machine}</span> {signal} = <b>{String(value)}</b>
                    </li>
                  ))}
                </ul>
              </>
            ) : null}
          </div>
        </div>
      )}
    </Folded>
  );
}

function Sample({ family: { sample, examples } }: { readonly family: SuggestionSaid }) {
  const { words, locale } = useSpeech();
  const say = words.suggesting;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if (sample === null) {
    return (
      <p>
        {say.noSample} <code class="break">{examples.join(' ')}</code>
      </p>
    );
  }
  const { topic, payload, receivedAt } = sample;
  return (
    <div class="copy-text">
      <p class="break">
        <code>{topic}</code> <small class="muted">{moment(receivedAt, locale, zone)}</small>
      </p>
      <Scroll name={say.sampleOf}>
        <pre>{payload}</pre>
      </Scroll>
      {isWholeText(payload) ? (
        <a class="way" href={explainAddress(topic, payload)}>
          {words.dataHealth.openWorkbench}
        </a>
      ) : null}
    </div>
  );
}
