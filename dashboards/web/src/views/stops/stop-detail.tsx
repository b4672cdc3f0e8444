import { useState } from 'preact/hooks';
import { ENTERED_CLASSES } from '../../../../../domain/reason-tree.ts';
import { ApiError, ask, query } from '../../api.ts';
import { refusalText } from '../../assess/refusal.ts';
import { clock, moment } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import { Choice } from '../../parts/choice.tsx';
import type { Annotation, Preview, Stop } from '../../stops/answers.ts';
import { editableFrom } from '../../stops/editable.ts';
import { useQueue } from '../../stops/use-queue.ts';
import { useAsked } from '../../use-asked.ts';
import { PreviewTable } from './preview-table.tsx';
import type { Tell } from './stop-item.tsx';

interface Change {
  readonly body: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** A stop split, merged, or given a class by hand, each shown before it is saved; and what was said of it. */
export function StopDetail({
  machine,
  stop,
  before,
  editableSince,
  zone,
  nameOf,
  tell,
  takeBack,
}: {
  readonly machine: string;
  readonly stop: Stop;
  readonly before: Stop | undefined;
  /** Nothing can be said of what lies before it, nor taken back. */
  readonly editableSince: string | null;
  readonly zone: string;
  readonly nameOf: (id: string) => string;
  readonly tell: Tell;
  readonly takeBack: (id: string) => void;
}) {
  const { words, locale } = useSpeech();
  const say = words.stopping;
  const waiting = useQueue().items().length;
  const since = editableFrom(stop, editableSince);
  const [from, to] = [Date.parse(since ?? stop.from), Date.parse(stop.to)];
  const isClosed = (at: string): boolean =>
    editableSince !== null && Date.parse(at) < Date.parse(editableSince);
  const [share, move] = useState(50);
  const [name, choose] = useState('');
  const [shown, show] = useState<{ readonly change: Change; readonly preview: Preview } | null>(null);
  const [failed, fail] = useState('');
  const at = Math.round(from + ((to - from) * share) / 100);
  const span = query({ machine, from: Date.parse(stop.from), to: to + 1 });
  const { answer } = useAsked<{ annotations: readonly Annotation[] }>(`/annotations${span}`, 5000);
  /** A split is said of both halves; what is said of the next stop from its begin on isn't said of this one. */
  const said = answer?.annotations.filter((one) => Date.parse(one.from) < to || one.from === one.to) ?? [];
  const look = async (change: Change): Promise<void> => {
    fail('');
    try {
      const preview = await ask<Preview>('/annotations/preview', { body: { machine, ...change.body } });
      show({ change, preview });
    } catch (error) {
      fail(error instanceof ApiError ? refusalText(error, words) : String(error));
    }
  };
  const end = stop.open ? null : stop.to;
  const given = stop.parts.find(({ annotations }) => annotations.length > 0)?.reason ?? null;
  return (
    <div class="stop-detail card">
      {since === null ? null : (
        <>
          <div class="stop-actions">
            <Choice
              label={say.reclassify}
              value={name}
              options={[
                ['', say.asReason],
                ...ENTERED_CLASSES.map((one) => [one, words.classes[one]] as const),
              ]}
              change={choose}
            />
            <button
              type="button"
              onClick={() =>
                look({
                  body: { kind: 'reclassify', from: since, to: end, class: name === '' ? null : name },
                  text: name === '' ? say.asReason : words.classes[name as 'idle'],
                })
              }
            >
              {say.preview}
            </button>
          </div>
          <div class="stop-actions">
            <label>
              {say.split} {clock(at, locale, zone)}
              <input
                type="range"
                min={1}
                max={99}
                value={share}
                onInput={(event) => move(Number(event.currentTarget.value))}
              />
            </label>
            <button
              type="button"
              onClick={() =>
                look({ body: { kind: 'split', at: new Date(at).toISOString() }, text: say.split })
              }
            >
              {say.splitAt}
            </button>
            {before && !isClosed(before.from) ? (
              <button
                type="button"
                onClick={() =>
                  look({
                    body: { kind: 'merge', from: before.from, to: stop.to, reason: given },
                    text: say.merge,
                  })
                }
              >
                {say.merge}
              </button>
            ) : null}
          </div>
        </>
      )}
      {failed ? (
        <p role="alert" class="warning">
          {failed}
        </p>
      ) : null}
      {shown ? (
        <PreviewTable
          preview={shown.preview}
          save={() => {
            tell(shown.change.body, shown.change.text);
            show(null);
          }}
          cancel={() => show(null)}
        />
      ) : null}
      <h3>{say.history}</h3>
      <ul class="plain stop-history" key={waiting}>
        {said.map((one) => (
          <li key={one.id} class={one.undone ? 'undone' : undefined}>
            {moment(one.madeAt, locale, zone)} · {one.by} · {say.kinds[one.kind]}
            {one.reason ? ` ${nameOf(one.reason)}` : ''}
            {one.class ? ` ${words.classes[one.class]}` : ''}
            {one.note ? ` · ${one.note}` : ''}{' '}
            {one.undone || isClosed(one.from) ? (
              <small>{one.undone ? say.undoneMark : say.stands}</small>
            ) : (
              <button type="button" onClick={() => takeBack(one.id)}>
                {one.kind === 'undo' ? say.redo : say.undo}
              </button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
