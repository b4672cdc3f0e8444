import { memo } from 'preact/compat';
import type { Rubric } from '../../../../domain/assess/rubric.ts';
import { type Plant, query } from '../api.ts';
import { chosenOf, chosenWith } from '../assess/pilot-rows.ts';
import { type Comparison, newestOf, useRubrics } from '../assess/stored.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import { Failure, Loading } from '../parts/notice.tsx';
import type { Sorting } from '../parts/rich-table.tsx';
import { goTo, type ProgrammeQuestion, programmeAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { AssessNow } from './programme/assess-now.tsx';
import { Filters } from './programme/filters.tsx';
import { Heat } from './programme/heat.tsx';
import { ImportPilots } from './programme/import.tsx';
import { Peers } from './programme/peers.tsx';
import { PilotsTable } from './programme/pilots-table.tsx';
import { SideBySide } from './programme/side-by-side.tsx';

/** The pilots of the programme side by side, by one rubric. */
export const ProgrammeView = memo(({ asked }: { asked: ProgrammeQuestion }) => {
  const { words } = useSpeech();
  const rubrics = useRubrics();
  if (!rubrics.answer)
    return rubrics.error ? <Failure error={rubrics.error} again={rubrics.again} /> : <Loading />;
  const known = newestOf(rubrics.answer);
  const [first] = known;
  const rubric = known.find(({ id }) => id === asked.rubric) ?? first;
  return (
    <>
      <h1>{words.programme}</h1>
      {rubric ? (
        <Pilots key={rubric.id} asked={asked} rubrics={known} rubric={rubric} />
      ) : (
        <p>{words.assess.noRubrics}</p>
      )}
    </>
  );
});

const REFRESH_MS = 30_000;

function Pilots({
  asked,
  rubrics,
  rubric,
}: {
  readonly asked: ProgrammeQuestion;
  readonly rubrics: readonly Rubric[];
  readonly rubric: Rubric;
}) {
  const { words } = useSpeech();
  const { district, industry, programme } = asked;
  const all = useAsked<Comparison>(`/comparison${query({ rubric: rubric.id })}`);
  // How fresh the data is now, whenever the assessments were made.
  const plant = useAsked<Plant>('/plant', REFRESH_MS);
  const filtered = district !== null || industry !== null || programme !== null;
  const some = useAsked<Comparison>(
    filtered ? `/comparison${query({ rubric: rubric.id, district, industry, programme })}` : null,
  );
  const again = (): void => {
    all.again();
    some.again();
  };
  const shown = filtered ? some : all;
  const error = all.error ?? shown.error;
  if (!all.answer) return error ? <Failure error={error} again={again} /> : <Loading />;
  if (all.answer.rows.length === 0) {
    return (
      <section class="card" aria-labelledby="empty-title">
        <h2 id="empty-title">{words.assess.noPilots}</h2>
        <ImportPilots saved={again} />
      </section>
    );
  }
  const rows = shown.answer?.rows;
  const chosen = chosenOf(all.answer.rows, asked.compare);
  return (
    <>
      {error ? <Failure error={error} again={again} /> : null}
      <Filters asked={asked} rubrics={rubrics} rubric={rubric} all={all.answer.rows} />
      {rows ? (
        <section class="card" aria-label={words.programme}>
          <p class="muted">
            {fill(words.assess.shown, { count: rows.length, all: all.answer.rows.length })}{' '}
            {words.assess.compareHint}
          </p>
          {rows.length === 0 ? (
            <p>{words.assess.noneShown}</p>
          ) : (
            <PilotsTable
              rows={rows}
              rubric={rubric}
              machines={plant.answer?.machines}
              chosen={chosen}
              choose={(pilot, wanted) => {
                goTo(programmeAddress({ ...asked, compare: chosenWith(chosen, pilot, wanted) }), {
                  replace: true,
                });
              }}
              sorting={sortingOf(asked.sort)}
              onSort={({ column, down }) => {
                location.hash = programmeAddress({ ...asked, sort: `${down ? '-' : ''}${column}` });
              }}
            />
          )}
        </section>
      ) : (
        <Loading />
      )}
      {chosen.length > 1 ? <SideBySide rows={chosen} rubric={rubric} /> : null}
      {rows ? <Heat rows={rows} rubric={rubric} /> : null}
      {shown.answer && shown.answer.peers.length > 0 ? <Peers peers={shown.answer.peers} /> : null}
      {rows && rows.length > 0 ? (
        <section class="card" aria-labelledby="assess-title">
          <h2 id="assess-title">{words.assess.assessNow}</h2>
          <AssessNow pilots={rows} rubrics={rubrics} rubric={rubric.id} done={again} />
        </section>
      ) : null}
      <details class="card">
        <summary>{words.assess.importTitle}</summary>
        <ImportPilots saved={again} />
      </details>
    </>
  );
}

const sortingOf = (sort: string | null): Sorting => ({
  column: sort === null ? null : sort.replace(/^-/, ''),
  down: sort?.startsWith('-') ?? false,
});
