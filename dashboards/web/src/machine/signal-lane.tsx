import { useEffect, useMemo, useState } from 'preact/hooks';
import type { MachineDetail } from '../api/plant.ts';
import { query } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';
import { DataTable } from '../parts/table.tsx';
import { useAsked } from '../use-asked.ts';
import type { Axis } from './axis.ts';
import { bucketMs, runsOf, type Sample, type SignalPoint, samplesOf } from './buckets.ts';
import { decimal, instantOf } from './clock.ts';
import { drawLines } from './lines.ts';
import type { Calendar } from './marks.ts';
import { type Drawing, useCanvas } from './use-canvas.ts';

type Signal = MachineDetail['signals'][number];

/** The trend of one signal on the timeline's axis: mean and range of each bucket, gaps where the machine was silent. */
export function SignalLane({
  path,
  signal,
  axis,
  calendar,
  zone,
  maxSilenceMs,
  remove,
}: {
  path: string;
  signal: Signal;
  axis: Axis;
  calendar: Calendar;
  zone: string;
  maxSilenceMs: number | null;
  remove: () => void;
}) {
  const { words, locale } = useSpeech();
  const [view, setView] = useState(axis.view);
  useEffect(() => axis.rested(setView), [axis]);
  const everyMs = bucketMs(view, innerWidth);
  const to = Math.min(view.to, axis.whole.to);
  const asked = useAsked<{ points: SignalPoint[] }>(
    `/signals${query({
      machine: path,
      signal: signal.name,
      from: Math.round(view.from),
      to: Math.round(to),
      every: everyMs === null ? null : `PT${everyMs / 1000}S`,
    })}`,
  );
  // The old trend stays until the new one is there.
  const [samples, setSamples] = useState<readonly Sample[] | undefined>();
  useEffect(() => {
    if (asked.answer)
      setSamples(samplesOf(asked.answer.points, { counter: signal.kind === 'counter', everyMs }));
  }, [asked.answer]);
  const runs = useMemo(
    () => runsOf(samples ?? [], (maxSilenceMs ?? Number.POSITIVE_INFINITY) + (everyMs ?? 0)),
    [samples, maxSilenceMs],
  );
  const range = useMemo(() => rangeOf(samples ?? []), [samples]);
  const draw = (drawing: Drawing): void => {
    drawRuns(drawing, axis, { runs, range, steps: signal.kind === 'counter' });
    drawLines(drawing, axis, calendar);
  };
  const canvas = useCanvas(axis, draw, [runs, range, calendar]);
  return (
    <div class="signal-lane">
      <p class="lane-title">
        <b>{signal.name}</b> <span class="muted">{signal.unit ?? ''}</span>
        {range ? (
          <span class="muted lane-range">
            {decimal(range.low, locale)} – {decimal(range.high, locale)}
          </span>
        ) : null}
        <button
          type="button"
          class="small"
          onClick={remove}
          aria-label={`${words.onMachine.removeLane} ${signal.name}`}
        >
          ×
        </button>
      </p>
      <canvas ref={canvas} role="img" aria-label={`${signal.name}: ${words.onMachine.trend}`} />
      {asked.error ? <p class="warning">{words.failed}</p> : null}
      {samples?.length === 0 && !asked.error ? <p class="muted">{words.noData}</p> : null}
      <DataTable
        name={`${signal.name}-${path.replaceAll('/', '-')}`}
        head={[words.time, words.onMachine.lowest, words.value, words.onMachine.highest]}
        rows={() =>
          (samples ?? []).map(({ at, low, high, value }) => [instantOf(at, locale, zone), low, value, high])
        }
      />
    </div>
  );
}

function rangeOf(samples: readonly Sample[]): { low: number; high: number } | undefined {
  if (samples.length === 0) return undefined;
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const sample of samples) {
    low = Math.min(low, sample.low);
    high = Math.max(high, sample.high);
  }
  return { low, high };
}

function drawRuns(
  { context, palette, width, height, ratio }: Drawing,
  { view }: Axis,
  {
    runs,
    range,
    steps,
  }: {
    runs: readonly (readonly Sample[])[];
    range: { low: number; high: number } | undefined;
    steps: boolean;
  },
): void {
  context.fillStyle = palette.line;
  context.fillRect(0, height - Math.round(ratio), width, Math.round(ratio));
  if (!range) return;
  const margin = 4 * ratio;
  const tall = range.high - range.low;
  const x = (at: number): number => ((at - view.from) / (view.to - view.from)) * width;
  const y = (value: number): number =>
    tall === 0 ? height / 2 : height - margin - ((value - range.low) / tall) * (height - 2 * margin);
  for (const run of runs) {
    context.globalAlpha = 0.22;
    context.fillStyle = palette.muted;
    context.beginPath();
    for (const { at, high } of run) context.lineTo(x(at), y(high));
    for (const { at, low } of run.toReversed()) context.lineTo(x(at), y(low));
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = palette.ink;
    context.lineWidth = 1.5 * ratio;
    context.beginPath();
    let last: number | undefined;
    for (const { at, value } of run) {
      if (steps && last !== undefined) context.lineTo(x(at), last);
      last = y(value);
      context.lineTo(x(at), last);
    }
    context.stroke();
    // A single sample would be a line of no length.
    if (run.length === 1 && run[0])
      context.fillRect(x(run[0].at) - ratio, y(run[0].value) - ratio, 3 * ratio, 3 * ratio);
  }
}
