import { useEffect, useState } from 'preact/hooks';
import { query } from '../api.ts';
import { useName } from '../assess/name.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { Failure, Loading } from '../parts/notice.tsx';
import { useReasonName, useReasonTrees } from '../plant/use-reason-name.ts';
import { goTo, stopsAddress } from '../route.ts';
import type { StopsAnswer } from '../stops/answers.ts';
import { editableFrom } from '../stops/editable.ts';
import { undoOf } from '../stops/queue.ts';
import { deviceName, newId, useQueue } from '../stops/use-queue.ts';
import { useAsked } from '../use-asked.ts';
import { useNow } from '../use-now.ts';
import { StopItem } from './stops/stop-item.tsx';
import { Waiters } from './stops/waiters.tsx';

const HOUR_MS = 3_600_000;
const REFRESH_MS = 4000;
const TOAST_MS = 15_000;
const REMEMBERED = 'kaidong.stops.machine';

/** Where operators say why a machine stopped: a tap on the stop, a tap on the reason. */
export function StopsView({ machine }: { readonly machine: string | null }) {
  const { words } = useSpeech();
  const say = words.stopping;
  const chosen = machine ?? localStorage.getItem(REMEMBERED);
  useEffect(() => {
    if (machine !== null) localStorage.setItem(REMEMBERED, machine);
  }, [machine]);
  const plant = useAsked<{ machines: readonly { path: string }[] }>('/plant', 60_000);
  const [name, sign] = useName();
  const [all, showAll] = useState(false);
  const paths = plant.answer?.machines.map(({ path }) => path) ?? (chosen === null ? [] : [chosen]);
  return (
    <div class="stops-page">
      <h1>{say.title}</h1>
      <div class="card stops-tools">
        <label>
          {say.machine}
          <select value={chosen ?? ''} onChange={(event) => goTo(stopsAddress(event.currentTarget.value))}>
            {chosen === null || !paths.includes(chosen) ? <option value="">{say.choose}</option> : null}
            {paths.map((path) => (
              <option key={path} value={path}>
                {path.split('/').slice(1).join(' / ')}
              </option>
            ))}
          </select>
        </label>
        <label>
          {say.yourName}
          <input
            value={name}
            maxLength={100}
            autocomplete="name"
            onInput={(event) => sign(event.currentTarget.value)}
          />
        </label>
        <button type="button" aria-pressed={!all} onClick={() => showAll(false)}>
          {say.withoutReason}
        </button>
        <button type="button" aria-pressed={all} onClick={() => showAll(true)}>
          {say.all}
        </button>
      </div>
      <Waiters />
      {chosen === null ? (
        <p>{say.choose}</p>
      ) : (
        <StopList key={chosen} machine={chosen} all={all} by={name.trim() || deviceName(say.device)} />
      )}
    </div>
  );
}

function StopList({
  machine,
  all,
  by,
}: {
  readonly machine: string;
  readonly all: boolean;
  readonly by: string;
}) {
  const { words } = useSpeech();
  const say = words.stopping;
  const queue = useQueue();
  const hour = Math.floor(useNow(60_000) / HOUR_MS) * HOUR_MS;
  const span = { machine, from: hour - 24 * HOUR_MS, to: hour + 2 * HOUR_MS };
  const stops = useAsked<StopsAnswer>(`/stops${query(span)}`, REFRESH_MS);
  const tree = useReasonTrees().of(machine);
  const reasonName = useReasonName();
  const [open, setOpen] = useState<string | null>(null);
  const [toast, setToast] = useState<{ readonly id: string; readonly text: string } | null>(null);
  useEffect(() => {
    if (!toast) return;
    const timer = setTimeout(() => setToast(null), TOAST_MS);
    return () => clearTimeout(timer);
  }, [toast]);

  const items = queue.items();
  const waiting = items.filter(({ refused }) => refused === null).length;
  const toastRefused = items.some(({ id, refused }) => id === toast?.id && refused !== null);
  useEffect(() => stops.again(), [waiting]);

  /** Says something; it is noted at once, and heard when it can be. */
  const tell = (body: Readonly<Record<string, unknown>>, text: string): void => {
    const id = newId();
    queue.add(id, '', { machine, by, ...body }, text);
    setToast({ id, text });
    setOpen(null);
    void queue.flush();
  };
  const takeBack = (id: string): void => {
    queue.add(newId(), undoOf(id), { by }, say.undo);
    setToast(null);
    void queue.flush();
  };

  if (!stops.answer) {
    return stops.error ? <Failure error={stops.error} again={stops.again} /> : <Loading />;
  }
  const takenBack = new Set(queue.items().map(({ path }) => path));
  const said = new Map(
    queue
      .items()
      .filter(({ id, refused }) => refused === null && !takenBack.has(undoOf(id)))
      .filter(({ body }) => body.machine === machine && 'reason' in body)
      .map(({ body }) => [Date.parse(String(body.from)), body.reason as string | null]),
  );
  const since = stops.answer.editableSince;
  const shown = stops.answer.stops
    .map((stop, place) => ({ stop, before: stops.answer?.stops[place - 1] }))
    .filter(({ stop }) => all || stop.unreasonedMs > 0 || open === stop.from)
    .reverse();
  return (
    <>
      {stops.error ? (
        <p role="status" class="warning">
          {say.offline}
        </p>
      ) : null}
      {shown.length === 0 ? <p>{all ? say.noneAtAll : say.none}</p> : null}
      <ul class="stop-list">
        {shown.map(({ stop, before }) => (
          <StopItem
            key={stop.from}
            machine={machine}
            stop={stop}
            before={before}
            editableSince={since}
            tree={tree}
            pending={said.get(Date.parse(editableFrom(stop, since) ?? stop.from))}
            open={open === stop.from}
            toggle={(is) => setOpen(is ? stop.from : null)}
            nameOf={(id) => reasonName(machine, id)}
            tell={tell}
            takeBack={takeBack}
          />
        ))}
      </ul>
      {toast && !toastRefused ? (
        <div class="stop-toast" role="status">
          <span>
            {fill(stops.error || waiting > 0 ? say.savedOffline : say.saved, { reason: toast.text })}
          </span>
          <button type="button" onClick={() => takeBack(toast.id)}>
            {say.undo}
          </button>
        </div>
      ) : null}
    </>
  );
}
