import type { ScoreOf } from '../../../../../domain/assess/assessment.ts';
import { doubleOf, fractionText } from '../../../../../domain/assess/fraction.ts';
import type { Bilingual } from '../../../../../domain/assess/register.ts';
import type { RubricDomain } from '../../../../../domain/assess/rubric.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { BoundedBar } from '../../parts/bounded-bar.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';

interface Line {
  readonly id: string;
  readonly title: Bilingual;
  readonly own: ScoreOf | undefined;
  /** `null`: it is an element. */
  readonly domain: RubricDomain | null;
}

/** The score of each element and domain, with its bounds. */
export function Scores({ assessed: { stored, rubric, voice } }: { assessed: Assessed }) {
  const { words, say, share, points } = voice;
  const { elements } = stored.assessment.scores;
  const lines = rubric.elements.flatMap((element): Line[] => {
    const own = elements.find(({ id }) => id === element.id);
    return [
      { id: element.id, title: element.title, own, domain: null },
      ...element.domains.map((domain) => ({
        id: `${element.id}/${domain.id}`,
        title: domain.title,
        own: own?.domains.find(({ id }) => id === domain.id),
        domain,
      })),
    ];
  });
  const nothingOf = ({ domain }: Line): string => {
    if (domain?.indicators.length !== 0) return words.assess.notApplicable;
    const published = domain.publishedPoints;
    return `${words.assess.notShipped}${published ? ` (${words.assess.publishedPoints} ${fractionText(published)})` : ''}`;
  };
  const double = (id: 'value' | 'low' | 'high', title: string): Column<Line> => ({
    id,
    title,
    text: ({ own }) => {
      const part = own?.score?.[id];
      return part ? doubleOf(part) : null;
    },
    kind: 'csv',
  });
  return (
    <section class="card" id="scores" aria-labelledby="scores-title">
      <h2 id="scores-title">{words.assess.scoresTitle}</h2>
      <RichTable
        name={words.assess.scoresTitle}
        file={`scores-${stored.id}`}
        rows={lines}
        keyOf={({ id }) => id}
        classOf={({ domain }) => (domain ? 'below' : 'above')}
        columns={[
          { id: 'title', title: words.assess.elementOrDomain, text: ({ title }) => say(title) },
          {
            id: 'score',
            title: words.assess.score,
            text: ({ own }) => (own?.score?.value ? share(own.score.value) : NOTHING),
            show: (line) => {
              const score = line.own?.score;
              if (!score) return <span class="muted">{nothingOf(line)}</span>;
              return (
                <span class="score">
                  <BoundedBar
                    low={doubleOf(score.low)}
                    value={score.value && doubleOf(score.value)}
                    high={doubleOf(score.high)}
                    label={`${say(line.title)}: ${words.assess.score}`}
                  />
                  <b>{score.value ? share(score.value) : NOTHING}</b>
                  <small>
                    {share(score.low) === share(score.high)
                      ? ''
                      : `${share(score.low)} ~ ${share(score.high)}`}
                  </small>
                </span>
              );
            },
            kind: 'bar',
          },
          double('value', words.value),
          double('low', words.assess.low),
          double('high', words.assess.high),
          {
            id: 'points',
            title: words.assess.points,
            text: ({ own }) =>
              own?.score && own.score.findings.scored > 0
                ? `${points(own.score.points)} / ${points(own.score.highest)}`
                : null,
            kind: 'number',
          },
          {
            id: 'weight',
            title: words.assess.weight,
            text: ({ own }) => (own?.score ? share(own.weight) : null),
            kind: 'number',
          },
        ]}
      />
    </section>
  );
}
