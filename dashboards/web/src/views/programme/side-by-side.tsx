import type { ComponentChildren } from 'preact';
import { titleOfFigure } from '../../../../../domain/assess/figure-titles.ts';
import type { Rubric } from '../../../../../domain/assess/rubric.ts';
import type { Row, Summary } from '../../assess/stored.ts';
import { NOTHING, useVoice } from '../../assess/voice.ts';
import { DeclaredCell } from '../../parts/declared-cell.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { ScoreCell } from '../../parts/score-cell.tsx';
import type { Cell } from '../../parts/table.tsx';
import { pilotAddress } from '../../route.ts';

interface Line {
  readonly id: string;
  readonly title: string;
  text(summary: Summary): Cell;
  show?(summary: Summary, name: string): ComponentChildren;
}

/** Two to four pilots side by side: the whole, each element, use, and everything that they declare. */
export function SideBySide({ rows, rubric }: { readonly rows: readonly Row[]; readonly rubric: Rubric }) {
  const { words, say, percent, range, value, day } = useVoice();
  const levelOf = (id: string | null): string => {
    const found = rubric.levels.find((level) => level.id === id);
    return found ? say(found.title) : words.assess.none;
  };
  const scored = (id: string, title: string, of: (summary: Summary) => Summary['score']): Line => ({
    id,
    title,
    text: (summary) => of(summary)?.value ?? null,
    show: (summary, name) => {
      const score = of(summary);
      return score ? <ScoreCell score={score} label={`${name}: ${title}`} /> : words.assess.notApplicable;
    },
  });
  const figures = [
    ...new Set(rows.flatMap(({ assessment }) => assessment?.declared.map(({ figure }) => figure) ?? [])),
  ];
  const lines: readonly Line[] = [
    { id: 'level', title: words.assess.reached, text: ({ reached }) => levelOf(reached) },
    { id: 'possible', title: words.assess.possible, text: ({ possible }) => levelOf(possible) },
    scored('total', words.assess.score, ({ score }) => score),
    ...rubric.elements.map(({ id, title }) =>
      scored(id, say(title), ({ elements }) => elements.find((one) => one.id === id)?.score ?? null),
    ),
    {
      id: 'utilisation',
      title: words.utilisation,
      text: ({ telemetry: { utilisation } }) => utilisation?.value ?? null,
      show: ({ telemetry: { utilisation: figure } }) =>
        figure ? (
          <>
            <b>{figure.notAssessable ? NOTHING : percent(figure.value)}</b>{' '}
            <small class="muted">{range(figure.low, figure.high, '1')}</small>
          </>
        ) : (
          NOTHING
        ),
    },
    {
      id: 'coverage',
      title: words.coverage,
      text: ({ telemetry: { utilisation } }) => utilisation?.coverage ?? null,
      show: ({ telemetry: { utilisation, heard, machines } }) => (
        <>
          {percent(utilisation?.coverage ?? null)}{' '}
          <small class="muted">
            {heard} / {machines} {words.assess.machinesUnit}
          </small>
        </>
      ),
    },
    ...figures.map((figure): Line => {
      const of = ({ declared }: Summary) => declared.find((one) => one.figure === figure);
      return {
        id: `declared ${figure}`,
        title: `${words.bases.declared} → ${words.bases.measured}: ${say(titleOfFigure(figure))}`,
        text: (summary) => {
          const one = of(summary);
          return one
            ? `${value(one.declared, one.unit)} → ${value(one.measured?.value ?? null, one.unit)}`
            : null;
        },
        show: (summary) => {
          const one = of(summary);
          return one ? <DeclaredCell one={one} named={false} /> : NOTHING;
        },
      };
    }),
    { id: 'open', title: words.assess.openDiscrepancies, text: ({ openDiscrepancies }) => openDiscrepancies },
    { id: 'period', title: words.assess.period, text: ({ from, to }) => `${day(from)} ~ ${day(to)}` },
  ];
  const columns: readonly Column<Line>[] = [
    { id: 'line', title: words.assess.indicator, text: ({ title }) => title },
    ...rows.map(
      ({ pilot, name, assessment }): Column<Line> => ({
        id: pilot,
        title: name,
        text: (line) => assessment && line.text(assessment),
        show: (line) => {
          if (!assessment) return <span class="muted">{words.assess.notAssessed}</span>;
          return line.show ? line.show(assessment, name) : (line.text(assessment) ?? NOTHING);
        },
      }),
    ),
  ];
  return (
    <section class="card" aria-labelledby="side-title">
      <h2 id="side-title">{words.assess.sideBySide}</h2>
      <p class="links">
        {rows.map(({ pilot, name, assessment }) => (
          <a key={pilot} class="clamp" href={pilotAddress(pilot, assessment?.id ?? null)}>
            {name}
          </a>
        ))}
      </p>
      <RichTable
        name={words.assess.sideBySide}
        file={`compare-${rows.map(({ pilot }) => pilot).join('-')}`}
        rows={lines}
        keyOf={({ id }) => id}
        columns={columns}
      />
    </section>
  );
}
