import { useState } from 'preact/hooks';
import { bytes, moment } from '../../format.ts';
import type { RefusedMessage } from '../../health/answers.ts';
import { bytesOf, isText, textOf } from '../../health/payload.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Scroll } from '../../parts/scroll.tsx';
import { MessageDetail } from './message-detail.tsx';

const COLUMNS = 5;
const PREVIEW_CHARACTERS = 90;

/** A page of refused messages; each opens to its payload, an explanation, and a replay. */
export function Messages({
  items,
  selected,
  select,
  tried,
  replay,
  replaying,
}: {
  readonly items: readonly RefusedMessage[];
  readonly selected: ReadonlySet<number>;
  readonly select: (selected: ReadonlySet<number>) => void;
  readonly tried: ReadonlySet<number>;
  readonly replay: (id: number) => void;
  readonly replaying: boolean;
}) {
  const { words } = useSpeech();
  const say = words.dataHealth;
  const [opened, open] = useState<ReadonlySet<number>>(new Set());
  const all = items.every(({ id }) => selected.has(id));
  return (
    <Scroll name={say.refusedTitle}>
      <table class="messages" aria-label={say.refusedTitle}>
        <thead>
          <tr>
            <th scope="col">
              <input
                type="checkbox"
                aria-label={say.selectAll}
                checked={all}
                onChange={() => select(all ? new Set() : new Set(items.map(({ id }) => id)))}
              />
            </th>
            <th scope="col">{words.receivedAt}</th>
            <th scope="col">
              {words.topic} · {words.payload}
            </th>
            <th scope="col">{say.what}</th>
            <th scope="col">
              <span class="hidden">{say.open}</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {items.map((item) => (
            <Message
              key={item.id}
              item={item}
              isSelected={selected.has(item.id)}
              isOpen={opened.has(item.id)}
              wasTried={tried.has(item.id)}
              toggleSelected={() => select(toggled(selected, item.id))}
              toggleOpen={() => open(toggled(opened, item.id))}
              replay={() => replay(item.id)}
              replaying={replaying}
            />
          ))}
        </tbody>
      </table>
    </Scroll>
  );
}

function toggled(ids: ReadonlySet<number>, id: number): ReadonlySet<number> {
  const others = new Set(ids);
  if (!others.delete(id)) others.add(id);
  return others;
}

function Message({
  item,
  isSelected,
  isOpen,
  wasTried,
  toggleSelected,
  toggleOpen,
  replay,
  replaying,
}: {
  readonly item: RefusedMessage;
  readonly isSelected: boolean;
  readonly isOpen: boolean;
  readonly wasTried: boolean;
  readonly toggleSelected: () => void;
  readonly toggleOpen: () => void;
  readonly replay: () => void;
  readonly replaying: boolean;
}) {
  const { words, language, locale } = useSpeech();
  const say = words.dataHealth;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <tr class={isOpen ? 'given' : undefined}>
        <td>
          <input
            type="checkbox"
            aria-label={`${say.select} ${item.id}`}
            checked={isSelected}
            onChange={toggleSelected}
          />
        </td>
        <td>
          {moment(item.receivedAt, locale, zone)}
          <small class="muted block">{bytes(item.payloadBytes, locale)}</small>
        </td>
        <td class="break">
          {item.topic}
          <code class="preview">{previewOf(item) || '–'}</code>
        </td>
        <td class="break">
          <code>{item.code}</code> {wasTried ? <span class="mark">{say.triedInVain}</span> : null}
          <span class="clamp" lang={language}>
            {item.message[language]}
          </span>
        </td>
        <td>
          <button type="button" class="small" aria-expanded={isOpen} onClick={toggleOpen}>
            {isOpen ? say.close : say.open}
          </button>
        </td>
      </tr>
      {isOpen ? (
        <tr class="opened">
          <td colSpan={COLUMNS}>
            <MessageDetail item={item} replay={replay} replaying={replaying} />
          </td>
        </tr>
      ) : null}
    </>
  );
}

/** A payload's first characters; of one that is no text its first bytes. */
function previewOf({ payloadBase64 }: RefusedMessage): string {
  const start = bytesOf(payloadBase64);
  // The end may have been cut within a character.
  const whole = start.subarray(0, Math.max(0, start.length - 3));
  if (!isText(start) && !isText(whole) && !isText(start.subarray(0, start.length - 1))) {
    return Array.from(start.subarray(0, 16), (byte) => byte.toString(16).padStart(2, '0')).join(' ');
  }
  return textOf(start).slice(0, PREVIEW_CHARACTERS);
}
