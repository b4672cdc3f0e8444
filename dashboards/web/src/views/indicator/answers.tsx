import type { Finding } from '../../../../../domain/assess/assessment.ts';
import { compareFractions, type Fraction } from '../../../../../domain/assess/fraction.ts';
import { referenceName } from '../../../../../domain/assess/reference-name.ts';
import { bandId, type Condition, type Indicator, type Source } from '../../../../../domain/assess/rubric.ts';
import { termsOf } from '../../../../../domain/assess/terms.ts';
import { limitText } from '../../../../../domain/assess/wording.ts';
import { type Assessed, levelTitle, rangeText } from '../../assess/assessed.ts';
import { SourceMark } from '../../parts/marks.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';

interface Line {
  readonly id: string;
  readonly text: string;
  readonly points: Fraction;
  readonly level: string | null;
  readonly when: readonly Condition[];
  readonly source: Source;
}

/** Every answer with its points and what it needs; the one that was found is marked. */
export function Answers({
  assessed,
  indicator,
  finding,
}: {
  readonly assessed: Assessed;
  readonly indicator: Indicator;
  readonly finding: Finding;
}) {
  const { stored, voice } = assessed;
  const { words, say, points } = voice;
  const given = finding.outcome === 'scored' ? finding.option : null;
  const needs = ({ what, atLeast, atMost }: Condition): string =>
    `${say(referenceName(what))}: ${say(limitText({ atLeast, atMost }, termsOf(what).unit))}`;
  const bands = indicator.scoring.kind === 'bands';
  const lines = linesOf(assessed, indicator);
  // Telemetry answers the lowest when every condition of the others has failed.
  const [lowest] = lines.toSorted((a, b) => compareFractions(a.points, b.points));
  const needsNothing = (id: string): string =>
    id === lowest?.id && lines.some(({ when }) => when.length > 0)
      ? words.assess.whatIsLeft
      : words.assess.onlyPerson;
  const levelColumn: Column<Line> = {
    id: 'level',
    title: words.assess.level,
    text: ({ level }) => (level === null ? null : levelTitle(assessed, level)),
  };
  const needsColumn: Column<Line> = {
    id: 'needs',
    title: words.assess.needs,
    text: ({ when }) => when.map(needs).join('; ') || null,
    show: ({ id, when }) =>
      when.length === 0 ? (
        <span class="muted">{needsNothing(id)}</span>
      ) : (
        <ul class="plain">
          {when.map((condition, index) => (
            <li key={index}>
              {needs(condition)} <SourceMark source={condition.source} />
            </li>
          ))}
        </ul>
      ),
    kind: 'break',
  };
  return (
    <section class="card" aria-labelledby="answers-title">
      <h2 id="answers-title">{bands ? words.assess.bandsTitle : words.assess.optionsTitle}</h2>
      {indicator.scoring.kind === 'bands' ? (
        <p class="muted">{say(referenceName(indicator.scoring.what))}</p>
      ) : null}
      <RichTable
        name={bands ? words.assess.bandsTitle : words.assess.optionsTitle}
        file={`answers-${stored.id}-${indicator.id}`}
        rows={lines}
        keyOf={({ id }) => id}
        classOf={({ id }) => (id === given ? 'given' : undefined)}
        columns={[
          {
            id: 'answer',
            title: words.assess.answer,
            text: ({ text }) => text,
            show: ({ id, text, source }) => (
              <>
                {text} {id === given ? <b class="good">✓ {words.assess.found}</b> : null}{' '}
                <SourceMark source={source} />
              </>
            ),
          },
          { id: 'points', title: words.assess.points, text: (line) => points(line.points), kind: 'number' },
          ...(bands ? [] : [levelColumn, needsColumn]),
        ]}
      />
    </section>
  );
}

function linesOf({ voice }: Assessed, { scoring }: Indicator): readonly Line[] {
  if (scoring.kind === 'options') {
    return scoring.options.map(({ text, ...option }) => ({
      ...option,
      text: `${option.id} ${voice.say(text)}`,
    }));
  }
  const { unit } = termsOf(scoring.what);
  return scoring.bands.map((band) => ({
    id: bandId(band),
    text: rangeText(band, unit, voice),
    points: band.points,
    level: null,
    when: [],
    source: band.source,
  }));
}
