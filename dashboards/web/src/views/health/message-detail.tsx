import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';
import { query } from '../../api.ts';
import type { RefusedMessage, RefusedPage } from '../../health/answers.ts';
import { bytesOf, isText, textOf } from '../../health/payload.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Loading } from '../../parts/notice.tsx';
import { explainAddress } from '../../route.ts';
import { useAsked } from '../../use-asked.ts';
import { ExplanationOf } from './explanation.tsx';
import { IngestFailure } from './ingest-failure.tsx';
import { PayloadViewer } from './payload-viewer.tsx';
import { useExplanation } from './use-explanation.ts';

/** Longer payloads make no address. */
const MOST_IN_ADDRESS = 2000;

/** One refused message: its whole payload, what the rules of now make of it, and a replay. */
export function MessageDetail({
  item,
  replay,
  replaying,
}: {
  readonly item: RefusedMessage;
  readonly replay: () => void;
  readonly replaying: boolean;
}) {
  const { words, language } = useSpeech();
  const say = words.dataHealth;
  const whole = useAsked<RefusedPage>(`/ingest/refused${query({ limit: 1, cursor: item.id + 1 })}`);
  const explanation = useExplanation();
  if (!whole.answer) {
    return whole.error ? <IngestFailure error={whole.error} again={whole.again} /> : <Loading />;
  }
  const found = whole.answer.items.find(({ id }) => id === item.id);
  if (!found) return <p class="muted">{say.gone}</p>;
  return (
    <Whole
      item={found}
      explanation={explanation}
      replay={replay}
      replaying={replaying}
      lead={
        <p class="break">
          <b>{found.message[language]}</b>{' '}
          {language === 'en' ? null : (
            <small class="muted block" lang="en">
              {found.detail}
            </small>
          )}
        </p>
      }
    />
  );
}

function Whole({
  item,
  explanation,
  replay,
  replaying,
  lead,
}: {
  readonly item: RefusedMessage;
  readonly explanation: ReturnType<typeof useExplanation>;
  readonly replay: () => void;
  readonly replaying: boolean;
  readonly lead: ComponentChildren;
}) {
  const { words } = useSpeech();
  const say = words.dataHealth;
  const { topic, payloadBase64, receivedAt, keptBytes, payloadBytes } = item;
  const isWhole = keptBytes === payloadBytes;
  useEffect(() => {
    if (isWhole) explanation.ask({ topic, payloadBase64, receivedAt });
  }, [payloadBase64]);
  const payload = bytesOf(payloadBase64);
  const typed = isText(payload) && payload.length <= MOST_IN_ADDRESS ? textOf(payload) : null;
  return (
    <div class="message-detail">
      <div>
        {lead}
        <PayloadViewer item={item} payload={payload} />
      </div>
      <div>
        <h3>{say.explainThis}</h3>
        {explanation.busy ? <p role="status">{say.explaining}</p> : null}
        {explanation.error ? (
          <IngestFailure
            error={explanation.error}
            again={() => explanation.ask({ topic, payloadBase64, receivedAt })}
          />
        ) : null}
        {explanation.answer ? (
          <>
            <p>
              <strong class={explanation.answer.refused.length === 0 ? 'verdict passed' : 'verdict failed'}>
                {explanation.answer.refused.length === 0 ? say.nowTaken : say.stillRefused}
              </strong>
            </p>
            <ExplanationOf explanation={explanation.answer} />
          </>
        ) : null}
        <div class="actions">
          <button type="button" class="primary" disabled={replaying || !isWhole} onClick={replay}>
            {say.replayOne}
          </button>
          <a href={explainAddress(topic, typed)}>{say.openWorkbench}</a>
        </div>
      </div>
    </div>
  );
}
