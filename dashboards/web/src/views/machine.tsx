import { useCallback } from 'preact/hooks';
import type { MachineDetail, MachineNow } from '../api.ts';
import { moment } from '../format.ts';
import { useSpeech } from '../i18n/index.ts';
import { useWindow } from '../machine/use-window.ts';
import { WindowBar } from '../machine/window-bar.tsx';
import { WindowFacts } from '../machine/window-facts.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { Signals } from '../parts/signals.tsx';
import { StateBadge } from '../parts/state.tsx';
import {
  calendarAddress,
  encodedPath,
  lineAddress,
  type MachineQuestion,
  machineQuestionAddress,
  plantAddress,
} from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { useNow } from '../use-now.ts';

const REFRESH_MS = 10_000;

/** One machine: its state now, and where the time of a window went, down to what was heard. */
export function MachineView({
  path,
  asked,
  now: live,
}: {
  path: string;
  asked: MachineQuestion;
  now: MachineNow | undefined;
}) {
  const { words } = useSpeech();
  const detail = useAsked<MachineDetail>(`/machines/${encodedPath(path)}`, REFRESH_MS);
  const now = useNow(60_000);
  const windows = useWindow(path, detail.answer, asked.window, now);
  const go = useCallback(
    (change: Partial<MachineQuestion>) => {
      location.hash = machineQuestionAddress(path, { ...asked, ...change });
    },
    [path, asked.window, asked.zoom, asked.reason, asked.signals],
  );
  if (detail.error?.status === 404) {
    return (
      <Notice title={words.noMachine}>
        <p>{path}</p>
        <a href={plantAddress()}>{words.backToPlant}</a>
      </Notice>
    );
  }
  if (!detail.answer)
    return detail.error ? <Failure error={detail.error} again={detail.again} /> : <Loading />;
  const zone = detail.answer.config.zone ?? Intl.DateTimeFormat().resolvedOptions().timeZone;
  return (
    <>
      <Head machine={{ ...detail.answer, ...live }} zone={zone} />
      {detail.error ? <Failure error={detail.error} again={detail.again} /> : null}
      <WindowBar path={path} offered={windows.offered} chosen={windows.chosen} zone={zone} />
      {windows.chosen ? (
        <WindowFacts
          key={windows.chosen.id}
          machine={detail.answer}
          window={windows.chosen}
          asked={asked}
          go={go}
          zone={zone}
          now={now}
        />
      ) : windows.chosen === null ? (
        <Notice title={words.onMachine.noWindow}>
          <p>{words.onMachine.noWindowHint}</p>
        </Notice>
      ) : windows.error ? (
        <Failure error={windows.error} again={windows.again} />
      ) : (
        <Loading />
      )}
      <Signals machine={detail.answer} zone={zone} />
    </>
  );
}

function Head({ machine, zone }: { machine: MachineDetail; zone: string }) {
  const { words, locale } = useSpeech();
  const { path } = machine;
  return (
    <>
      <div class="crumbs">
        <a href={plantAddress()}>{words.plant}</a> ›{' '}
        <a href={lineAddress(path.slice(0, path.lastIndexOf('/')))}>
          {path.split('/').slice(0, -1).join(' / ')}
        </a>
      </div>
      <div class="machine-head">
        <h1>{path.slice(path.lastIndexOf('/') + 1)}</h1>
        <StateBadge path={path} state={machine.state} reason={machine.reason} />
        {machine.since ? (
          <span class="muted">
            {words.since} {moment(machine.since, locale, zone)}
          </span>
        ) : null}
        <span class="muted">
          {words.lastHeard} {machine.lastHeard ? moment(machine.lastHeard, locale, zone) : words.never}
        </span>
        {machine.stale ? <span class="warning">{words.stale}</span> : null}
        {machine.declared ? null : <span class="warning">{words.undeclared}</span>}
        {machine.declared ? <a href={calendarAddress(path)}>{words.calendar.link}</a> : null}
      </div>
    </>
  );
}
