import { useState } from 'preact/hooks';
import { bytes } from '../../format.ts';
import type { RefusedMessage } from '../../health/answers.ts';
import { hexOf, isText, prettyOf, textOf } from '../../health/payload.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { downloadBlob } from '../../parts/download.ts';
import { Scroll } from '../../parts/scroll.tsx';

type Form = 'asJson' | 'asText' | 'asHex';

/** More than this is for an editor, not for a page. */
const MOST_CHARACTERS = 64_000;
const MOST_HEX_BYTES = 4096;

/** A payload as JSON, text or bytes; it is text on the page and nothing else. */
export function PayloadViewer({
  item,
  payload,
}: {
  readonly item: RefusedMessage;
  readonly payload: Uint8Array<ArrayBuffer>;
}) {
  const { words, locale } = useSpeech();
  const say = words.dataHealth;
  const text = isText(payload) || item.truncated ? textOf(payload) : undefined;
  const pretty = text === undefined || text.length > MOST_CHARACTERS ? undefined : prettyOf(text);
  const forms: readonly Form[] = [
    ...(pretty === undefined ? [] : (['asJson'] as const)),
    ...(text === undefined ? [] : (['asText'] as const)),
    'asHex',
  ];
  const [asked, choose] = useState<Form | null>(null);
  const form = asked ?? (forms[0] as Form);
  const hex = form === 'asHex' ? hexOf(payload.subarray(0, MOST_HEX_BYTES)) : '';
  const content = form === 'asJson' ? pretty : form === 'asText' ? text?.slice(0, MOST_CHARACTERS) : hex;
  const shownBytes = form === 'asHex' ? Math.min(payload.length, MOST_HEX_BYTES) : null;
  const isCut = form === 'asHex' ? payload.length > MOST_HEX_BYTES : (text?.length ?? 0) > MOST_CHARACTERS;
  const size = (count: number): string => bytes(count, locale);
  return (
    <div class="payload">
      <div class="actions">
        {forms.map((one) => (
          <button
            key={one}
            type="button"
            class="small"
            aria-pressed={one === form}
            onClick={() => choose(one)}
          >
            {say[one]}
          </button>
        ))}
        {text === undefined && payload.length > 0 ? <span class="mark">{say.notText}</span> : null}
      </div>
      {item.keptBytes < item.payloadBytes ? (
        <p class="banner">
          {item.keptBytes === 0
            ? say.dropped
            : fill(say.cut, { kept: size(item.keptBytes), all: size(item.payloadBytes) })}
        </p>
      ) : null}
      <Scroll name={say.payload}>
        <pre>{content}</pre>
      </Scroll>
      {isCut ? (
        <p class="muted">
          {fill(say.shownOf, {
            shown: size(shownBytes ?? MOST_CHARACTERS),
            all: size(payload.length),
          })}
        </p>
      ) : null}
      <dl class="facts">
        <dt>{say.size}</dt>
        <dd>{size(item.payloadBytes)}</dd>
        <dt>{words.source}</dt>
        <dd>
          <code>{item.source}</code>
        </dd>
        <dt>{say.sha256}</dt>
        <dd>
          <code>{item.sha256}</code>
        </dd>
      </dl>
      <button
        type="button"
        class="small"
        onClick={() => downloadBlob(new Blob([payload]), `message-${item.id}.bin`)}
      >
        {say.download}
      </button>
    </div>
  );
}
