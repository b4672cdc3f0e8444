import { useEffect, useState } from 'preact/hooks';
import { base64Of, bytesTyped } from '../health/payload.ts';
import { useSpeech } from '../i18n/index.ts';
import { Choice } from '../parts/choice.tsx';
import { explainAddress, healthAddress } from '../route.ts';
import { ExplanationOf } from './health/explanation.tsx';
import { IngestFailure } from './health/ingest-failure.tsx';
import { useExplanation } from './health/use-explanation.ts';

type Form = 'text' | 'base64' | 'hex';

const EXAMPLE = {
  topic: 'kaidong/v1/acme/zhoushan/moulding/line1/imm-01',
  payload: '{"ts": "2026-03-02T08:00:00+08:00", "state": "AUTO", "count": 1204}',
};
/** Longer payloads make no address. */
const MOST_IN_ADDRESS = 2000;

/** A workbench for an integrator: a message goes in, what would become of it comes out; nothing is stored. */
export function ExplainView({ topic, payload }: { readonly topic: string; readonly payload: string | null }) {
  const { words } = useSpeech();
  const say = words.dataHealth;
  const [typed, type] = useState({ topic, payload: payload ?? '', form: 'text' as Form });
  const [wrong, setWrong] = useState('');
  const explanation = useExplanation();
  const explain = (message: typeof typed): void => {
    try {
      const bytes = bytesTyped(message.payload, message.form);
      setWrong('');
      explanation.ask({ topic: message.topic.trim(), payloadBase64: base64Of(bytes) });
      if (message.form === 'text' && message.payload.length <= MOST_IN_ADDRESS) {
        // The address follows, without a step back for each try.
        history.replaceState(null, '', explainAddress(message.topic.trim(), message.payload));
      }
    } catch {
      setWrong(message.form === 'hex' ? say.badHex : say.badBase64);
    }
  };
  useEffect(() => {
    if (topic !== '' && payload !== null) explain(typed);
  }, []);
  const told = explanation.busy || explanation.error || explanation.answer;
  return (
    <>
      <div class="crumbs">
        <a href={healthAddress}>{words.health}</a> › {say.explainTitle}
      </div>
      <h1>{say.explainTitle}</h1>
      <p class="muted">{say.explainHint}</p>
      <div class="workbench">
        <form
          class="card"
          onSubmit={(event) => {
            event.preventDefault();
            explain(typed);
          }}
        >
          <label>
            {words.topic}
            <input
              value={typed.topic}
              required
              spellcheck={false}
              onInput={(event) => type({ ...typed, topic: event.currentTarget.value })}
            />
          </label>
          <Choice
            label={say.form}
            value={typed.form}
            change={(form) => type({ ...typed, form: form as Form })}
            options={[
              ['text', say.asText],
              ['base64', say.base64],
              ['hex', say.asHex],
            ]}
          />
          <label>
            {say.payload}
            <textarea
              rows={10}
              spellcheck={false}
              value={typed.payload}
              onInput={(event) => type({ ...typed, payload: event.currentTarget.value })}
            />
          </label>
          {wrong ? (
            <p class="warning" role="alert">
              {wrong}
            </p>
          ) : null}
          <div class="actions">
            <button type="submit" class="primary">
              {say.explain}
            </button>
            <button type="button" onClick={() => type({ ...EXAMPLE, form: 'text' })}>
              {say.example}
            </button>
          </div>
        </form>
        <section class={told ? 'card' : ''} aria-live="polite" aria-label={say.explain}>
          {explanation.busy ? <p>{say.explaining}</p> : null}
          {explanation.error ? (
            <IngestFailure error={explanation.error} again={() => explain(typed)} />
          ) : null}
          {explanation.answer ? <ExplanationOf explanation={explanation.answer} /> : null}
        </section>
      </div>
    </>
  );
}
