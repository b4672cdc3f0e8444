import type { Score, ScoreOf } from '../../domain/assess/assessment.ts';
import { compareFractions, doubleOf, fractionText } from '../../domain/assess/fraction.ts';
import type { Bilingual } from '../../domain/assess/register.ts';
import type { RubricDomain } from '../../domain/assess/rubric.ts';
import { boundedBar } from '../charts.ts';
import { type Html, html } from '../html.ts';
import type { ReportContext, Section } from '../section.ts';
import { NOTHING } from '../voice.ts';

export const scores: Section = {
  id: 'scores',
  title: { zh: '各要素与领域得分', en: 'Scores by element and domain' },
  render(context) {
    const { assessment, rubric, voice } = context;
    const { word } = voice;
    const rows = rubric.elements.flatMap((element) => {
      const own = assessment.scores.elements.find(({ id }) => id === element.id);
      return [
        row(context, { title: element.title, own, kind: 'element', published: null }),
        ...element.domains.map((domain) =>
          row(context, {
            title: domain.title,
            own: own?.domains.find(({ id }) => id === domain.id),
            kind: 'domain',
            published: domain,
          }),
        ),
      ];
    });
    return html`<table><thead><tr><th>${word('indicator')}</th><th class="wide">${word('score')}</th><th>${word('value')}</th>
<th>${word('bounds')}</th><th>${word('points')}</th><th>${word('weight')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};

function row(
  { voice }: ReportContext,
  {
    title,
    own,
    kind,
    published,
  }: {
    readonly title: Bilingual;
    readonly own: ScoreOf | undefined;
    readonly kind: 'element' | 'domain';
    readonly published: RubricDomain | null;
  },
): Html {
  const { word, say, share } = voice;
  const score: Score | null = own?.score ?? null;
  if (published && published.indicators.length === 0) {
    const points = published.publishedPoints;
    return html`<tr class="${kind}"><th scope="row">${say(title)}</th><td></td><td colspan="4" class="muted">${word('notShipped')}${points && html` (${word('publishedPoints')} ${fractionText(points)})`}</td></tr>`;
  }
  if (!score) {
    return html`<tr class="${kind}"><th scope="row">${say(title)}</th><td></td><td colspan="4" class="muted">${word('notApplicable')}</td></tr>`;
  }
  const bar = boundedBar({
    low: doubleOf(score.low),
    value: score.value && doubleOf(score.value),
    high: doubleOf(score.high),
    label: say(title),
  });
  return html`<tr class="${kind}"><th scope="row">${say(title)}</th><td>${bar}</td><td>${score.value ? share(score.value) : NOTHING}</td>
<td>${compareFractions(score.low, score.high) < 0 && `${share(score.low)} ~ ${share(score.high)}`}</td><td class="tight">${voice.points(score.points)} / ${voice.points(score.highest)}</td><td>${own && share(own.weight)}</td></tr>`;
}
