import type { MeasureReference } from '../../domain/assess/rubric.ts';
import { sourceIn } from '../../domain/assess/source-texts.ts';
import { type Terms, termsOf } from '../../domain/assess/terms.ts';
import { html } from '../html.ts';
import type { ReportContext, Section } from '../section.ts';

export const definitions: Section = {
  id: 'definitions',
  title: { zh: '定义、分母与出处', en: 'Definitions, denominators and sources' },
  render(context) {
    const { assessment, rubric, voice } = context;
    const { word, say } = voice;
    const cited = (text: string): string => sourceIn(voice.language, text).text;
    const { settings } = assessment.evidence;
    const rows = termsUsed(context).map(
      (terms) =>
        html`<tr><th scope="row">${say(terms.title)}</th><td>${say(terms.definition)}</td><td>${say(terms.denominator)}</td><td>${cited(terms.source.text)} ${voice.mark(terms.source)}</td></tr>`,
    );
    return html`<p>${say(rubric.note)}</p>
<p>${word('rubric')}${voice.marks.colon}${cited(rubric.source.text) || word('noSource')} ${voice.mark(rubric.source)}</p>
<p>${word('settings')}${voice.marks.colon}${word('networkedShare')}${voice.marks.colon}${voice.percent(settings.networkedShare)}${voice.marks.semicolon}${word('discrepancyAbove')}${voice.marks.colon}${voice.percent(settings.discrepancyAbove)}</p>
<table><thead><tr><th>${word('figure')}</th><th>${word('definition')}</th><th>${word('denominator')}</th><th>${word('source')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};

/** What the findings measured, each name and denominator once. */
function termsUsed({ assessment }: ReportContext): readonly Terms[] {
  const found = new Map<string, Terms>();
  const take = (what: MeasureReference): void => {
    const terms = termsOf(what);
    found.set(`${terms.title.en}/${terms.denominator.en}`, terms);
  };
  for (const { evidence } of assessment.findings) for (const { what } of evidence) take(what);
  return [...found.values()];
}
