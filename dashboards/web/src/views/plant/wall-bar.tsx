import type { StateName } from '../../api.ts';
import { wallClock } from '../../format.ts';
import { useSpeech } from '../../i18n/index.ts';
import { type PlantQuestion, WORST_FIRST } from '../../plant/arrange.ts';
import { useLink } from '../../plant/use-plant.ts';
import { plantAddress } from '../../route.ts';
import { useNow } from '../../use-now.ts';

/** The one row above a wall: what is looked at, how many in which state, the clock, and whether this is the present. */
export function WallBar({
  question,
  counts,
  dead,
}: {
  readonly question: PlantQuestion;
  readonly counts: ReadonlyMap<StateName, number>;
  readonly dead: boolean;
}) {
  const { words } = useSpeech();
  const title = question.scope
    ? question.scope.split('/').slice(1).join(' / ') || question.scope
    : words.plant;
  const fullscreen = (): void => {
    void (document.fullscreenElement
      ? document.exitFullscreen()
      : document.documentElement.requestFullscreen());
  };
  return (
    <header class="wall-bar">
      <h1>{title}</h1>
      <ul class="wall-counts">
        {WORST_FIRST.filter((state) => counts.has(state)).map((state) => (
          <li key={state}>
            <span class={`badge state-${state}`}>{words.states[state]}</span> <b>{counts.get(state)}</b>
          </li>
        ))}
      </ul>
      <span class="wall-tools">
        <button type="button" onClick={fullscreen}>
          {words.wall.fullscreen}
        </button>
        <a class="button" href={plantAddress({ ...question, wall: false })}>
          {words.wall.leaveWall}
        </a>
      </span>
      <Clock dead={dead} />
    </header>
  );
}

/** The service's time, and of when the whole was asked for. */
function Clock({ dead }: { readonly dead: boolean }) {
  const { words, locale } = useSpeech();
  const { skewMs, asOf } = useLink();
  const now = useNow(1000) + skewMs;
  return (
    <span class="wall-clock">
      <span class={dead ? 'live' : 'live on'} role="status">
        {dead ? words.reconnecting : words.live}
      </span>
      {asOf === null ? null : (
        <span class="muted">
          {words.wall.asOf} <time>{wallClock(asOf, locale)}</time>
        </span>
      )}
      <time class="big">{wallClock(now, locale)}</time>
    </span>
  );
}
