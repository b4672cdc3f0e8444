import { INDUSTRY_NAMES, PROGRAMME_NAMES } from '../../../../../domain/assess/register-names.ts';
import type { Rubric } from '../../../../../domain/assess/rubric.ts';
import type { MachineNow } from '../../api.ts';
import { contradicted, lastHeardIn } from '../../assess/pilot-rows.ts';
import type { Row } from '../../assess/stored.ts';
import { NOTHING, useVoice } from '../../assess/voice.ts';
import { duration } from '../../format.ts';
import { DeclaredCell } from '../../parts/declared-cell.tsx';
import { SimulatedMark } from '../../parts/marks.tsx';
import { type Column, RichTable, type Sorting } from '../../parts/rich-table.tsx';
import { ScoreCell } from '../../parts/score-cell.tsx';
import { pilotAddress } from '../../route.ts';
import { useNow } from '../../use-now.ts';
import { Chooser } from './chooser.tsx';

const TICK_MS = 5000;

/** Every pilot on one screen: score, level, use, what is declared against what was measured, how fresh its data is. */
export function PilotsTable({
  rows,
  rubric,
  machines,
  sorting,
  onSort,
  chosen,
  choose,
}: {
  readonly rows: readonly Row[];
  readonly rubric: Rubric;
  /** As they stand now; `undefined`: not known yet. */
  readonly machines: readonly MachineNow[] | undefined;
  readonly sorting: Sorting;
  readonly onSort: (sorting: Sorting) => void;
  readonly chosen: readonly Row[];
  readonly choose: (pilot: string, wanted: boolean) => void;
}) {
  const voice = useVoice();
  const { words, say, percent, range, day, locale } = voice;
  const now = useNow(TICK_MS);
  const titleOf = (level: string | null): string => {
    const found = rubric.levels.find(({ id }) => id === level);
    return found ? say(found.title) : words.assess.none;
  };
  const rank = (level: string | null): number => rubric.levels.findIndex(({ id }) => id === level);
  const heard = ({ sites }: Row): string | null => (machines ? lastHeardIn(sites, machines) : null);
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      title: words.assess.enterprise,
      text: ({ name }) => name,
      show: (row) => (
        <Chooser chosen={chosen} pilot={row.pilot} name={row.name} choose={choose}>
          <a class="clamp" title={row.name} href={pilotAddress(row.pilot, row.assessment?.id ?? null)}>
            {row.name}
          </a>
          <small class="muted block">
            <SimulatedMark simulated={row.simulated} /> {say(INDUSTRY_NAMES[row.industry])}
          </small>
        </Chooser>
      ),
    },
    {
      id: 'score',
      title: words.assess.score,
      text: ({ assessment }) => assessment?.score?.value ?? null,
      // Without a value, what is certain.
      by: ({ assessment }) => assessment?.score?.value ?? assessment?.score?.low ?? null,
      show: ({ assessment, name }) =>
        assessment?.score ? (
          <ScoreCell score={assessment.score} label={`${name}: ${words.assess.score}`} />
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
      id: 'reached',
      title: words.assess.reached,
      text: ({ assessment }) => assessment && titleOf(assessment.reached),
      by: ({ assessment }) => assessment && rank(assessment.reached),
      show: ({ assessment }) =>
        assessment ? (
          <>
            <b>{titleOf(assessment.reached)}</b>
            {assessment.possible === assessment.reached ? null : (
              <small class="muted block">
                {words.assess.possible} {titleOf(assessment.possible)}
              </small>
            )}
          </>
        ) : (
          NOTHING
        ),
    },
    {
      id: 'possible',
      title: words.assess.possible,
      text: ({ assessment }) => assessment && titleOf(assessment.possible),
      kind: 'csv',
    },
    {
      id: 'open',
      title: words.assess.declaredTitle,
      text: ({ assessment }) => assessment?.openDiscrepancies ?? null,
      show: ({ assessment }) => {
        if (!assessment) return NOTHING;
        const [worst] = contradicted(assessment);
        if (!worst)
          return (
            <span class="muted">
              {words.assess[assessment.declared.length > 0 ? 'noneOpen' : 'nothingDeclared']}
            </span>
          );
        return (
          <>
            <b class="warning">
              ⚑ {assessment.openDiscrepancies} {words.assess.openShort}
            </b>{' '}
            <DeclaredCell one={worst} />
          </>
        );
      },
      kind: 'bar',
    },
    {
      id: 'utilisation',
      title: words.utilisation,
      text: ({ assessment }) => assessment?.telemetry.utilisation?.value ?? null,
      show: ({ assessment }) => {
        const figure = assessment?.telemetry.utilisation;
        if (!figure) return NOTHING;
        return (
          <>
            <b>{figure.notAssessable ? NOTHING : percent(figure.value)}</b>
            <small class="muted block whole">{range(figure.low, figure.high, '1')}</small>
          </>
        );
      },
      kind: 'number',
    },
    {
      id: 'coverage',
      title: words.coverage,
      text: ({ assessment }) => assessment?.telemetry.utilisation?.coverage ?? null,
      show: ({ assessment }) => {
        if (!assessment) return NOTHING;
        const { utilisation, heard: talking, machines: all } = assessment.telemetry;
        return (
          <>
            <span class={utilisation?.notAssessable ? 'warning' : undefined}>
              {percent(utilisation?.coverage ?? null)}
            </span>
            <small class="muted block whole">
              {talking} / {all} {words.assess.machinesUnit}
            </small>
          </>
        );
      },
      kind: 'number',
    },
    {
      id: 'heard',
      title: words.assess.freshness,
      text: heard,
      show: (row) => {
        const at = heard(row);
        if (!machines) return NOTHING;
        return at === null ? (
          <span class="warning">{words.never}</span>
        ) : (
          <span class="whole">{duration(Math.max(0, now - Date.parse(at)), locale)}</span>
        );
      },
      kind: 'number',
    },
    {
      id: 'programme',
      title: words.assess.appliedFor,
      text: ({ programme }) => say(PROGRAMME_NAMES[programme]),
      by: ({ programme }) => Object.keys(PROGRAMME_NAMES).indexOf(programme),
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
    {
      id: 'industry',
      title: words.assess.industry,
      text: ({ industry }) => say(INDUSTRY_NAMES[industry]),
      kind: 'csv',
    },
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
