import { useEffect, useState } from 'preact/hooks';
import { integer } from '../../format.ts';
import { readSuggestions, type SuggestionsAnswer } from '../../health/suggestions.ts';
import { untold } from '../../health/untold.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { Failure } from '../../parts/notice.tsx';
import { useAsked } from '../../use-asked.ts';
import { SuggestionItem } from './suggestion-item.tsx';

const REFRESH_MS = 10_000;
const MOST_SHOWN = 30;

/** Topics that were seen and that nobody maps, with a rule proposed for each family of them; nothing where there are none. */
export function Suggestions() {
  const { words, locale } = useSpeech();
  // Proposals are tried on all that was seen, by the process that takes messages in: with some on the page, they are asked for by hand.
  const [isThere, note] = useState(false);
  const { answer, error, again } = useAsked<SuggestionsAnswer>(
    '/ingest/suggestions',
    isThere ? undefined : REFRESH_MS,
    readSuggestions,
  );
  useEffect(() => {
    if (answer) note(answer.topics > 0);
  }, [answer]);
  const failed = untold(error);
  if (!failed && (answer?.topics ?? 0) === 0) return null;
  const say = words.suggesting;
  const families = answer?.suggestions ?? [];
  return (
    <section class="card suggestions" aria-labelledby="health-suggestions">
      <h2 id="health-suggestions" tabIndex={-1}>
        {say.suggestTitle} <code class="muted">mqtt.discover</code>
      </h2>
      {failed ? <Failure error={failed} again={again} /> : null}
      {answer && answer.topics > 0 ? (
        <>
          <p>
            {fill(say.seenTopics, { topics: integer(answer.topics, locale) })}
            {answer.others > 0 ? ` ${fill(say.othersSeen, { count: integer(answer.others, locale) })}` : null}
          </p>
          <ol class="steps">
            <li>
              {say.putThere} <code>rules:</code>
            </li>
            <li>
              {say.thenReload} <code>npx kaidong reload</code>
            </li>
            <li>{say.fromThenOn}</li>
          </ol>
          {families.slice(0, MOST_SHOWN).map((family) => (
            <SuggestionItem key={`${family.topics} ${family.sample?.topic}`} family={family} />
          ))}
          {families.length > MOST_SHOWN ? (
            <p class="muted">
              {fill(say.familiesShown, { count: MOST_SHOWN, all: integer(families.length, locale) })}{' '}
              <code>npx kaidong suggest</code>
            </p>
          ) : null}
          <p>
            <button type="button" onClick={again}>
              {say.lookAgain}
            </button>
          </p>
        </>
      ) : null}
    </section>
  );
}
