import type { MachineDetail } from '../api/plant.ts';
import { useSpeech } from '../i18n/index.ts';
import type { Axis } from './axis.ts';
import type { Calendar } from './marks.ts';
import { SignalLane } from './signal-lane.tsx';

/** Trends of the signals that were chosen, below the states and on the same axis. */
export function SignalLanes({
  machine,
  axis,
  calendar,
  zone,
  chosen,
  choose,
}: {
  machine: MachineDetail;
  axis: Axis;
  calendar: Calendar;
  zone: string;
  chosen: readonly string[];
  choose: (names: readonly string[]) => void;
}) {
  const { words } = useSpeech();
  // Words have no trend.
  const drawable = machine.signals.filter(({ value }) => typeof value === 'number');
  const lanes = drawable.filter(({ name }) => chosen.includes(name));
  const others = drawable.filter(({ name }) => !chosen.includes(name));
  return (
    <div class="signal-lanes">
      {lanes.map((signal) => (
        <SignalLane
          key={signal.name}
          path={machine.path}
          signal={signal}
          axis={axis}
          calendar={calendar}
          zone={zone}
          maxSilenceMs={machine.config.maxSilenceMs ?? null}
          remove={() => choose(chosen.filter((name) => name !== signal.name))}
        />
      ))}
      {others.length > 0 ? (
        <p class="add-lane">
          <span class="muted">{words.onMachine.addLane}</span>
          {others.map(({ name }) => (
            <button key={name} type="button" class="small" onClick={() => choose([...chosen, name])}>
              + {name}
            </button>
          ))}
        </p>
      ) : null}
    </div>
  );
}
