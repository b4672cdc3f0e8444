import { memo } from 'preact/compat';
import { duration, percent } from '../../format.ts';
import { fill, type Speech, useSpeech } from '../../i18n/index.ts';
import { useAge } from '../../plant/ages.ts';
import type { TileKind } from '../../plant/fit.ts';
import { partsOfName } from '../../plant/parts-of-name.ts';
import type { ShiftFigure } from '../../plant/store.ts';
import { useMachine, usePlant } from '../../plant/use-plant.ts';
import { useReasonName } from '../../plant/use-reason-name.ts';
import { machineAddress } from '../../route.ts';

/** One machine: state in colour and words, since when, utilisation of the running shift with its bounds. */
export const Tile = memo(({ path, kind }: { readonly path: string; readonly kind: TileKind }) => {
  const speech = useSpeech();
  const { words } = speech;
  const reasonName = useReasonName();
  const { store, link } = usePlant();
  const machine = useMachine(path);
  const age = useAge(machine?.since ?? null, { skewMs: link.state.skewMs, seconds: kind === 'full' });
  if (!machine) return null;
  const figure = store.figures.get(path);
  const name = path.slice(path.lastIndexOf('/') + 1);
  const state = words.states[machine.state];
  const marks = [...(machine.stale ? [words.stale] : []), ...(machine.declared ? [] : [words.undeclared])];
  const bounds = figure ? boundsOf(figure, speech) : '';
  const doubt = figure?.notAssessable ? words.wall.notAssessableShort : '';
  const reason = machine.reason && reasonName(path, machine.reason);
  const all = [path, state, reason, ...marks, doubt, bounds].filter(Boolean).join(' · ');
  return (
    <li>
      <a class={`tile ${kind} state-${machine.state}`} href={machineAddress(path)} title={all}>
        <span class="row">
          <Name name={name} />
          {kind === 'full' ? null : kind === 'mini' ? (
            <span class="state-text">{state}</span>
          ) : (
            <Use figure={figure} decimals={0} />
          )}
        </span>
        {kind === 'mini' ? null : (
          <span class="row">
            <span class="state-text">{state}</span>
            {reason ? <span class="reason">{reason}</span> : null}
            <span class="age">{ageText(age, kind, speech)}</span>
          </span>
        )}
        {kind === 'full' ? (
          <span class="row foot">
            <Use figure={figure} decimals={1} />
            <Meter figure={figure} />
            <span class="marks">{[...marks, doubt || bounds].filter(Boolean).join(' · ')}</span>
          </span>
        ) : null}
      </a>
    </li>
  );
});

/** Utilisation of the running shift. */
function Use({ figure, decimals }: { readonly figure: ShiftFigure | undefined; readonly decimals: number }) {
  const { words, locale } = useSpeech();
  return (
    <span class="use" title={words.utilisationShift}>
      {figure && !figure.notAssessable ? percent(figure.value, locale, decimals) : '–'}
    </span>
  );
}

/** Where there is no room, the middle of a name is cut: what tells machines of a kind apart stands at its end. */
function Name({ name }: { readonly name: string }) {
  const [head, end] = partsOfName(name);
  if (head === '') {
    return (
      <span class="name" translate={false}>
        {name}
      </span>
    );
  }
  return (
    <span class="name long" translate={false}>
      <span>{head}</span>
      <span>{end}</span>
    </span>
  );
}

function ageText(age: number | null, kind: TileKind, { words, locale }: Speech): string {
  if (age === null) return words.never;
  return age === 0 && kind !== 'full' ? words.wall.underMinute : duration(age, locale, 'narrow');
}

/** Empty where there is nothing uncertain. */
function boundsOf({ low, high }: ShiftFigure, { words, locale }: Speech): string {
  const [from, to] = [percent(low, locale), percent(high, locale)];
  return low === null || high === null || from === to ? '' : fill(words.wall.bounds, { low: from, high: to });
}

/** Solid up to what is certain, hatched up to what is possible. */
function Meter({ figure }: { readonly figure: ShiftFigure | undefined }) {
  const at = (share: number | null | undefined): number => Math.max(0, Math.min(1, share ?? 0)) * 100;
  const low = at(figure?.low ?? figure?.value);
  const high = at(figure?.high ?? figure?.value);
  return (
    <span class="meter" aria-hidden="true">
      <i style={{ width: `${low}%` }} />
      {high > low ? <i class="open" style={{ width: `${high - low}%` }} /> : null}
    </span>
  );
}
