import { useEffect, useRef, useState } from 'preact/hooks';
import type { ApiError, Kpis, MachineNow, Plant } from './api.ts';
import { query } from './api.ts';
import { follow } from './live.ts';
import { useAsked } from './use-asked.ts';

/** The figures of the running shift that a tile shows. */
export interface ShiftFigures {
  readonly utilisation: number | null;
  readonly notAssessable: boolean;
}

export interface PlantPicture {
  /** By path, in path order; `undefined` until the first answer. */
  readonly machines: ReadonlyMap<string, MachineNow> | undefined;
  readonly figures: ReadonlyMap<string, ShiftFigures>;
  /** How far the service's clock is ahead of this one's. */
  readonly skewMs: number;
  readonly connected: boolean;
  readonly error: ApiError | undefined;
  again(): void;
}

const PLANT_EVERY_MS = 15_000;
const FIGURES_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;

/** Every machine's present state: asked for now and then, and kept up to date by the live stream in between. */
export function usePlant(): PlantPicture {
  const plant = useAsked<Plant>('/plant', PLANT_EVERY_MS);
  const [since, setSince] = useState(() => Date.now() - DAY_MS);
  const kpis = useAsked<Kpis>(
    `/kpis${query({ from: since, to: since + 2 * DAY_MS, by: 'machine,day,shift', kpi: 'utilisation' })}`,
    FIGURES_EVERY_MS,
  );
  const [changes, setChanges] = useState<ReadonlyMap<string, Partial<MachineNow>>>(new Map());
  const [values, setValues] = useState<ReadonlyMap<string, number | null>>(new Map());
  const [connected, setConnected] = useState(false);
  const again = useRef(plant.again);
  again.current = plant.again;

  useEffect(() => {
    const stop = new AbortController();
    let pending: Map<string, Partial<MachineNow>> | undefined;
    let figures: Map<string, number | null> | undefined;
    let frame = 0;
    // Bursts of events become one drawing per frame.
    const draw = (): void => {
      frame = 0;
      const [states, shown] = [pending, figures];
      pending = figures = undefined;
      if (states) setChanges((old) => new Map([...old, ...states]));
      if (shown) setValues((old) => new Map([...old, ...shown]));
    };
    void follow(
      {
        connected: (is) => {
          setConnected(is);
          if (is) again.current();
        },
        message: (message) => {
          if (message.event === 'reset') return again.current();
          if (message.event === 'state') {
            const { machine, ...state } = message.data;
            pending ??= new Map();
            pending.set(machine, state);
          } else if (message.data.kpi === 'utilisation' && message.data.key.machine) {
            figures ??= new Map();
            figures.set(message.data.key.machine, message.data.value);
          }
          frame ||= requestAnimationFrame(draw);
        },
      },
      stop.signal,
    );
    const roll = setInterval(() => setSince(Date.now() - DAY_MS), DAY_MS / 24);
    return () => {
      stop.abort();
      cancelAnimationFrame(frame);
      clearInterval(roll);
    };
  }, []);

  // A fresh answer knows everything that the stream told before it.
  useEffect(() => setChanges(new Map()), [plant.answer]);

  const asOf = plant.answer ? Date.parse(plant.answer.asOf) : undefined;
  const skew = useRef(0);
  useEffect(() => {
    if (asOf !== undefined) skew.current = asOf - Date.now();
  }, [plant.answer]);

  return {
    machines:
      plant.answer &&
      new Map(
        plant.answer.machines.map((machine) => [machine.path, { ...machine, ...changes.get(machine.path) }]),
      ),
    figures: figuresOf(kpis.answer, values),
    skewMs: skew.current,
    connected,
    error: plant.error,
    again: plant.again,
  };
}

/** The newest row of each machine is that of the running shift. */
function figuresOf(
  kpis: Kpis | undefined,
  values: ReadonlyMap<string, number | null>,
): Map<string, ShiftFigures> {
  const newest = new Map<string, { to: string; figures: ShiftFigures }>();
  for (const row of kpis?.rows ?? []) {
    const { machine } = row.key;
    const [figure] = row.figures;
    if (machine === undefined || figure === undefined) continue;
    if ((newest.get(machine)?.to ?? '') >= row.to) continue;
    newest.set(machine, {
      to: row.to,
      figures: { utilisation: figure.value, notAssessable: figure.notAssessable },
    });
  }
  const figures = new Map([...newest].map(([machine, entry]) => [machine, entry.figures]));
  for (const [machine, utilisation] of values) {
    figures.set(machine, { utilisation, notAssessable: figures.get(machine)?.notAssessable ?? false });
  }
  return figures;
}
