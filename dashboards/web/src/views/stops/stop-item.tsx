import { useState } from 'preact/hooks';
import { clock, duration, moment } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import type { ReasonTree, Stop } from '../../stops/answers.ts';
import { editableFrom } from '../../stops/editable.ts';
import { ReasonPicker } from './reason-picker.tsx';
import { StopDetail } from './stop-detail.tsx';

export type Tell = (body: Readonly<Record<string, unknown>>, text: string) => void;

/** One stop: a tap opens the reasons, another one says which; the rest is behind `details`. */
export function StopItem({
  machine,
  stop,
  before,
  editableSince,
  tree,
  pending,
  open,
  toggle,
  nameOf,
  tell,
  takeBack,
}: {
  readonly machine: string;
  readonly stop: Stop;
  readonly before: Stop | undefined;
  /** What lies before it is closed: its figures can't be made anew. */
  readonly editableSince: string | null;
  readonly tree: ReasonTree | undefined;
  /** A reason that waits to be heard; `undefined`: none does. */
  readonly pending: string | null | undefined;
  readonly open: boolean;
  readonly toggle: (open: boolean) => void;
  readonly nameOf: (id: string) => string;
  readonly tell: Tell;
  readonly takeBack: (id: string) => void;
}) {
  const { words, locale } = useSpeech();
  const say = words.stopping;
  const [detailed, detail] = useState(false);
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const [from, to] = [Date.parse(stop.from), Date.parse(stop.to)];
  const reasons = [...new Set(stop.parts.map(({ reason }) => reason))];
  const reason =
    pending !== undefined
      ? `${pending === null ? say.noReason : nameOf(pending)} (${say.pending})`
      : reasons.length > 1
        ? say.several
        : reasons[0]
          ? nameOf(reasons[0])
          : say.noReason;
  const states = [...new Set(stop.parts.map(({ state }) => words.states[state]))].join(' · ');
  const since = editableFrom(stop, editableSince);
  const until = stop.open ? say.still : clock(to, locale, zone);
  return (
    <li>
      <button
        type="button"
        class={stop.unreasonedMs === 0 || pending !== undefined ? 'stop-main reasoned' : 'stop-main'}
        aria-expanded={open}
        disabled={since === null}
        onClick={() => toggle(!open)}
      >
        <b>
          {say[stop.kind]} {stop.cut ? '… ' : ''}
          {clock(from, locale, zone)} → {until} · {duration(to - from, locale)}
        </b>
        <span>
          {reason} <small class="muted">{states}</small>
        </span>
      </button>
      <button type="button" aria-expanded={detailed} onClick={() => detail(!detailed)}>
        {say.details}
      </button>
      {since === stop.from || editableSince === null ? null : (
        <p class="muted stop-closed">
          {fill(since === null ? say.closed : say.closedBefore, {
            since: moment(Date.parse(editableSince), locale, zone),
          })}
        </p>
      )}
      {open && since !== null ? (
        <ReasonPicker
          tree={tree}
          states={stop.parts.map(({ state }) => state)}
          pick={(id, text) =>
            tell({ kind: 'annotate', from: since, to: stop.open ? null : stop.to, reason: id }, text)
          }
        />
      ) : null}
      {detailed ? (
        <StopDetail
          machine={machine}
          stop={stop}
          before={before}
          editableSince={editableSince}
          zone={zone}
          nameOf={nameOf}
          tell={tell}
          takeBack={takeBack}
        />
      ) : null}
    </li>
  );
}
