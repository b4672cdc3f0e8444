import { memo } from 'preact/compat';
import type { MachineNow, StateName } from '../api.ts';
import { duration, lineTitle, percent } from '../format.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { StateBadge } from '../parts/state.tsx';
import { machineAddress, plantAddress } from '../route.ts';
import { useNow } from '../use-now.ts';
import type { PlantPicture, ShiftFigures } from '../use-plant.ts';

const STATE_ORDER: readonly StateName[] = [
  'running',
  'setup',
  'idle',
  'blocked',
  'starved',
  'held',
  'down',
  'planned-stop',
  'off',
  'unknown',
];

/** Every machine at a glance: state in colour and words, since when, utilisation of the running shift. */
export function PlantView({ plant, scope }: { plant: PlantPicture; scope: string }) {
  const { words } = useSpeech();
  const now = useNow(1000) + plant.skewMs;
  if (!plant.machines) return plant.error ? <Failure error={plant.error} again={plant.again} /> : <Loading />;
  const machines = [...plant.machines.values()].filter(
    ({ path }) => scope === '' || path.startsWith(`${scope}/`),
  );
  if (machines.length === 0) {
    return (
      <Notice title={words.noMachines}>
        <p>{words.noMachinesHint}</p>
        {scope ? <a href={plantAddress()}>{words.all}</a> : null}
      </Notice>
    );
  }
  const lines = Map.groupBy(machines, ({ path }) => path.slice(0, path.lastIndexOf('/')));
  return (
    <>
      {plant.error ? (
        <p class="stale-banner" role="alert">
          {words.noAnswer}
        </p>
      ) : null}
      <Summary machines={machines} />
      <div class="lines">
        {[...lines].map(([line, members]) => (
          <section key={line} class="line" aria-label={line}>
            <h2>
              <a href={plantAddress(scope === line ? '' : line)}>{lineTitle(line, lines.keys())}</a>
            </h2>
            <ul class="tiles">
              {members.map((machine) => (
                <Tile
                  key={machine.path}
                  machine={machine}
                  figures={plant.figures.get(machine.path)}
                  age={ageOf(machine, now)}
                />
              ))}
            </ul>
          </section>
        ))}
      </div>
    </>
  );
}

/** How long the state holds, in steps that the eye can follow, so that a tile is drawn again only when its text changes. */
function ageOf(machine: MachineNow, now: number): number | null {
  if (machine.since === null) return null;
  const ms = Math.max(0, now - Date.parse(machine.since));
  const step = ms < 60_000 ? 1000 : 60_000;
  return Math.floor(ms / step) * step;
}

function Summary({ machines }: { machines: readonly MachineNow[] }) {
  const { words } = useSpeech();
  const counts = Map.groupBy(machines, ({ state }) => state);
  return (
    <ul class="summary">
      <li class="muted">{fill(words.summary, { count: machines.length })}</li>
      {STATE_ORDER.filter((state) => counts.has(state)).map((state) => (
        <li key={state}>
          <StateBadge state={state} /> <b>{counts.get(state)?.length}</b>
        </li>
      ))}
    </ul>
  );
}

interface TileProps {
  readonly machine: MachineNow;
  readonly figures: ShiftFigures | undefined;
  readonly age: number | null;
}

const Tile = memo(
  ({ machine, figures, age }: TileProps) => {
    const { words, locale } = useSpeech();
    const name = machine.path.slice(machine.path.lastIndexOf('/') + 1);
    const shown = figures && !figures.notAssessable ? percent(figures.utilisation, locale) : '–';
    const marks = [...(machine.stale ? [words.stale] : []), ...(machine.declared ? [] : [words.undeclared])];
    return (
      <li>
        <a class={`tile state-${machine.state}`} href={machineAddress(machine.path)}>
          <span class="row">
            <span class="name">{name}</span>
            <span class="use" title={words.utilisationShift}>
              {shown}
            </span>
          </span>
          <span class="row">
            <span class="state-text">
              {words.states[machine.state]}
              {machine.reason ? <small> {machine.reason}</small> : null}
            </span>
            <span class="age">{age === null ? words.never : duration(age, locale)}</span>
          </span>
          {marks.length > 0 ? <span class="marks">{marks.join(' · ')}</span> : null}
          <span class="meter" aria-hidden="true">
            <i style={{ width: `${Math.min(1, figures?.utilisation ?? 0) * 100}%` }} />
          </span>
        </a>
      </li>
    );
  },
  (before, after) =>
    before.age === after.age &&
    before.machine.state === after.machine.state &&
    before.machine.reason === after.machine.reason &&
    before.machine.stale === after.machine.stale &&
    before.machine.declared === after.machine.declared &&
    before.figures?.utilisation === after.figures?.utilisation &&
    before.figures?.notAssessable === after.figures?.notAssessable,
);
