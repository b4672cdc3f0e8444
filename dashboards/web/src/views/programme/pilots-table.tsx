import { INDUSTRY_NAMES, PROGRAMME_NAMES } from '../../../../../domain/assess/register-names.ts';
import type { Rubric } from '../../../../../domain/assess/rubric.ts';
import type { Row } from '../../assess/stored.ts';
import { NOTHING, useVoice } from '../../assess/voice.ts';
import { BoundedBar } from '../../parts/bounded-bar.tsx';
import { SimulatedMark } from '../../parts/marks.tsx';
import { type Column, RichTable, type Sorting } from '../../parts/rich-table.tsx';
import { pilotAddress } from '../../route.ts';

/** Every pilot with its newest assessment by the rubric. */
export function PilotsTable({
  rows,
  rubric,
  sorting,
  onSort,
}: {
  readonly rows: readonly Row[];
  readonly rubric: Rubric;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
}) {
  const { words, say, percent, range, day } = useVoice();
  const titleOf = (level: string | null): string => {
    const found = rubric.levels.find(({ id }) => id === level);
    return found ? say(found.title) : words.assess.none;
  };
  const rank = (level: string | null): number => rubric.levels.findIndex(({ id }) => id === level);
  const levelColumn = (id: 'reached' | 'possible'): Column<Row> => ({
    id,
    title: words.assess[id],
    text: ({ assessment }) => assessment && titleOf(assessment[id]),
    by: ({ assessment }) => assessment && rank(assessment[id]),
  });
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      title: words.assess.enterprise,
      text: ({ name }) => name,
      show: ({ pilot, name, simulated, assessment }) => (
        <>
          <a class="clamp" title={name} href={pilotAddress(pilot, assessment?.id ?? null)}>
            {name}
          </a>{' '}
          <SimulatedMark simulated={simulated} />
        </>
      ),
    },
    {
      id: 'district',
      title: words.assess.district,
      text: ({ district }) => district,
      show: ({ district }) => (
        <span class="clamp" title={district}>
          {district}
        </span>
      ),
    },
    { id: 'industry', title: words.assess.industry, text: ({ industry }) => say(INDUSTRY_NAMES[industry]) },
    {
      id: 'programme',
      title: words.assess.appliedFor,
      text: ({ programme }) => say(PROGRAMME_NAMES[programme]),
      by: ({ programme }) => Object.keys(PROGRAMME_NAMES).indexOf(programme),
    },
    {
      id: 'score',
      title: words.assess.score,
      text: ({ assessment }) => assessment?.score?.value ?? null,
      // Without a value, what is certain.
      by: ({ assessment }) => assessment?.score?.value ?? assessment?.score?.low ?? null,
      show: ({ assessment, name }) =>
        assessment?.score ? (
          <span class="score">
            <BoundedBar {...assessment.score} label={`${name}: ${words.assess.score}`} />
            <b>{percent(assessment.score.value)}</b>
            <small>{range(assessment.score.low, assessment.score.high, '1')}</small>
          </span>
        ) : assessment ? (
          words.assess.notApplicable
        ) : (
          <span class="muted">{words.assess.notAssessed}</span>
        ),
      kind: 'bar',
    },
    ...(['low', 'high'] as const).map(
      (id): Column<Row> => ({
        id,
        title: words.assess[id],
        text: ({ assessment }) => assessment?.score?.[id] ?? null,
        kind: 'csv',
      }),
    ),
    {
      id: 'open',
      title: words.assess.openDiscrepancies,
      text: ({ assessment }) => assessment?.openDiscrepancies ?? null,
      show: ({ assessment }) =>
        assessment ? (
          <span class={assessment.openDiscrepancies > 0 ? 'warning' : undefined}>
            {assessment.openDiscrepancies}
          </span>
        ) : (
          NOTHING
        ),
      kind: 'number',
    },
    levelColumn('reached'),
    levelColumn('possible'),
    {
      id: 'assessed',
      title: words.assess.assessedAt,
      text: ({ assessment }) => assessment?.createdAt ?? null,
      show: ({ assessment }) =>
        assessment ? (
          <>
            <span class="whole">{day(assessment.createdAt)}</span>
            <br />
            <small class="muted">
              {assessment.publishedAt ? words.assess.published : words.assess.draft}
            </small>
          </>
        ) : (
          NOTHING
        ),
    },
  ];
  return (
    <RichTable
      name={words.programme}
      file={`programme-${rubric.id}`}
      columns={columns}
      rows={rows}
      keyOf={({ pilot }) => pilot}
      sorting={sorting}
      onSort={onSort}
    />
  );
}
