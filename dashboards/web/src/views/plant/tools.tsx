import type { StateName } from '../../api.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { Choice } from '../../parts/choice.tsx';
import { GROUPINGS, type PlantQuestion, SORTS, WORST_FIRST } from '../../plant/arrange.ts';
import { goTo, plantAddress } from '../../route.ts';
import type { Arrangement } from './use-arrangement.ts';

/** How many machines are in which state; each is a filter. */
export function StateFilter({
  question,
  counts,
}: {
  readonly question: PlantQuestion;
  readonly counts: ReadonlyMap<StateName, number>;
}) {
  const { words } = useSpeech();
  const toggled = (state: StateName): readonly StateName[] =>
    question.states.includes(state)
      ? question.states.filter((one) => one !== state)
      : [...question.states, state];
  return (
    <ul class="state-filter" aria-label={words.state}>
      {WORST_FIRST.filter((state) => counts.has(state) || question.states.includes(state)).map((state) => (
        <li key={state}>
          <button
            type="button"
            class={`state-button state-${state}`}
            aria-pressed={question.states.includes(state)}
            onClick={() => goTo(plantAddress({ ...question, states: toggled(state) }))}
          >
            {words.states[state]} <b>{counts.get(state) ?? 0}</b>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** What is shown and in which order; it all stands in the address. */
export function Tools({
  question,
  arrangement,
}: {
  readonly question: PlantQuestion;
  readonly arrangement: Arrangement;
}) {
  const { words } = useSpeech();
  const { shown, inScope } = arrangement;
  const filtered = question.scope !== '' || question.text !== '' || question.states.length > 0;
  return (
    <search class="plant-tools">
      <label>
        <span class="hidden">{words.wall.filter}</span>
        <input
          id="machine-filter"
          type="search"
          placeholder={words.wall.filterHint}
          value={question.text}
          onInput={(event) =>
            goTo(plantAddress({ ...question, text: event.currentTarget.value }), { replace: true })
          }
        />
      </label>
      <Choice
        label={words.wall.sort}
        value={question.sort}
        options={SORTS.map((sort) => [sort, words.wall.sorts[sort]])}
        change={(sort) => goTo(plantAddress({ ...question, sort: sort as PlantQuestion['sort'] }))}
      />
      <Choice
        label={words.wall.group}
        value={question.group}
        options={GROUPINGS.map((group) => [group, words.wall.groupings[group]])}
        change={(group) => goTo(plantAddress({ ...question, group: group as PlantQuestion['group'] }))}
      />
      <span class="muted" role="status">
        {filtered
          ? fill(words.wall.shown, { count: shown, all: inScope })
          : fill(words.summary, { count: inScope })}
        {question.scope ? ` · ${fill(words.wall.scopeOnly, { scope: question.scope })}` : ''}
      </span>
      {filtered ? (
        <a href={plantAddress({ ...question, scope: '', text: '', states: [] })}>{words.wall.clear}</a>
      ) : null}
      <a class="button" href={plantAddress({ ...question, wall: true })}>
        {words.wall.enterWall}
      </a>
    </search>
  );
}
