import { ApiError, ask, type Kpis, type Plant, query } from '../api.ts';
import { follow } from '../live.ts';
import { DAY_MS, HOUR_MS } from '../windows.ts';
import type { Link } from './link.ts';
import type { PlantStore } from './store.ts';

const PLANT_EVERY_MS = 15_000;
const FIGURES_EVERY_MS = 60_000;
/** While the stream is gone, so that what is shown is as new as can be. */
const WITHOUT_STREAM_EVERY_MS = 5_000;
/** Machines that nobody knew come in bursts; one question serves them all. */
const NEWCOMER_MS = 300;

export interface Feed {
  /** Asks for everything again, at once. */
  again(): void;
  stop(): void;
}

/** Keeps the store up to date: asks for the whole now and then, and follows the live stream in between. */
export function feedPlant(store: PlantStore, link: Link): Feed {
  const stop = new AbortController();
  const { signal } = stop;
  const plant = repeat(signal, () => askPlant(store, link, signal));
  const figures = repeat(signal, async () => {
    await askFigures(store, signal);
    return FIGURES_EVERY_MS;
  });
  let newcomer: ReturnType<typeof setTimeout> | undefined;
  void follow(
    {
      connected: (connected) => {
        if (connected) link.heard();
        link.set({ connected });
        if (connected) plant.again();
      },
      heard: link.heard,
      message: (message) => {
        if (message.event === 'reset') {
          plant.again();
          figures.again();
        } else if (message.event === 'state') {
          const { machine, ...change } = message.data;
          if (!store.change(machine, change, Date.now()) && store.machines) {
            newcomer ??= setTimeout(() => {
              newcomer = undefined;
              plant.again();
            }, NEWCOMER_MS);
          }
        } else if (message.data.kpi === 'utilisation' && message.data.key.machine) {
          const { key, value, low, high, notAssessable } = message.data;
          store.setFigure(key.machine as string, { value, low, high, notAssessable });
        }
      },
    },
    signal,
  );
  let asked = false;
  const unwatch = store.watchAll(() => {
    if (asked || !store.machines) return;
    asked = true;
    figures.again();
  });
  return {
    again: plant.again,
    stop: () => {
      unwatch();
      clearTimeout(newcomer);
      stop.abort();
    },
  };
}

async function askPlant(store: PlantStore, link: Link, signal: AbortSignal): Promise<number> {
  const askedAt = Date.now();
  try {
    const { asOf, machines } = await ask<Plant>('/plant', { signal });
    store.take(machines, askedAt);
    const served = Date.parse(asOf);
    link.heard();
    link.set({ asOf: served, skewMs: served - Date.now(), error: undefined });
  } catch (error) {
    if (signal.aborted) return PLANT_EVERY_MS;
    link.set({ error: error instanceof ApiError ? error : new ApiError(0, 'error', String(error)) });
  }
  return link.state.connected && !link.state.error ? PLANT_EVERY_MS : WITHOUT_STREAM_EVERY_MS;
}

/** Site by site, because each may lie in a time zone of its own, and cuts its days and shifts by it. */
async function askFigures(store: PlantStore, signal: AbortSignal): Promise<void> {
  const sites = new Set([...(store.machines?.keys() ?? [])].map((path) => path.split('/', 2).join('/')));
  const present = Math.floor(Date.now() / HOUR_MS) * HOUR_MS;
  const span = { from: present - DAY_MS, to: present + DAY_MS };
  for (const scope of sites) {
    try {
      const asked = { scope, ...span, by: 'machine,day,shift', kpi: 'utilisation' };
      takeFigures(store, await ask<Kpis>(`/kpis${query(asked)}`, { signal }));
    } catch {
      // A site without figures shows none; the next round asks again.
      if (signal.aborted) return;
    }
  }
}

/** The newest row of each machine is that of the running shift. */
function takeFigures(store: PlantStore, { rows }: Kpis): void {
  const newest = new Map<string, Kpis['rows'][number]>();
  for (const row of rows) {
    const { machine } = row.key;
    if (machine !== undefined && (newest.get(machine)?.to ?? '') < row.to) newest.set(machine, row);
  }
  for (const [machine, { figures }] of newest) if (figures[0]) store.setFigure(machine, figures[0]);
}

/** Does `once` again and again, after as long as it says each time; `again` doesn't wait. */
function repeat(signal: AbortSignal, once: () => Promise<number>): { again(): void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let busy = false;
  let wanted = false;
  const run = async (): Promise<void> => {
    clearTimeout(timer);
    if (busy) {
      wanted = true;
      return;
    }
    busy = true;
    const waitMs = await once();
    busy = false;
    if (signal.aborted) return;
    timer = setTimeout(run, wanted ? 0 : waitMs);
    wanted = false;
  };
  signal.addEventListener('abort', () => clearTimeout(timer));
  void run();
  return { again: () => void run() };
}
