import type { Entry } from '../../domain/assess/evidence.ts';
import { titleOfFigure } from '../../domain/assess/figure-titles.ts';
import { indicatorsOf } from '../../domain/assess/rubric.ts';
import { html } from '../html.ts';
import type { ReportContext, Section } from '../section.ts';

export const entries: Section = {
  id: 'entries',
  title: { zh: '评审记录', en: 'Entries of the assessor' },
  render(context) {
    const { word, time } = context.voice;
    if (context.assessment.entries.length === 0) return null;
    const rows = context.assessment.entries.map(
      (entry) =>
        html`<tr><td>${time(entry.at)}</td><td>${entry.by}</td><td>${subjectOf(context, entry)}</td><td>${entry.note}</td></tr>`,
    );
    return html`<table><thead><tr><th>${word('when')}</th><th>${word('who')}</th><th>${word('indicator')}</th><th>${word('note')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};

function subjectOf({ rubric, voice }: ReportContext, entry: Entry): string {
  const { word, say } = voice;
  if (entry.kind === 'closure')
    return `${say(titleOfFigure(entry.figure))}${voice.marks.colon}${word(entry.verdict)}`;
  const found = [...indicatorsOf(rubric)].find(({ indicator }) => indicator.id === entry.indicator);
  const title = found ? say(found.indicator.title) : entry.indicator;
  return entry.kind === 'answer'
    ? `${title}${voice.marks.colon}${entry.option}`
    : `${title}${voice.marks.colon}${word('withdrawn')}`;
}
