import type { BenefitSide } from '../../domain/assess/assessment.ts';
import { titleOfFigure } from '../../domain/assess/figure-titles.ts';
import { html } from '../html.ts';
import type { Section } from '../section.ts';
import { NOTHING } from '../voice.ts';

export const benefits: Section = {
  id: 'benefits',
  title: { zh: '建设成效', en: 'Benefits' },
  render({ assessment, voice }) {
    const { word, say } = voice;
    if (assessment.benefits.length === 0) return null;
    const side = (one: BenefitSide | null) =>
      one
        ? html`${voice.value(one.value, one.unit)}<br><small>${word(one.basis)}${one.document && html`${voice.marks.comma}${one.document}`}</small>`
        : NOTHING;
    const rows = assessment.benefits.map(
      ({ benefit, baseline, current, gain, because }) =>
        html`<tr><th scope="row">${say(titleOfFigure(benefit))}</th><td>${side(baseline)}</td><td>${side(current)}</td><td>${voice.percent(gain)}</td><td>${because && say(because)}</td></tr>`,
    );
    return html`<table><thead><tr><th>${word('benefit')}</th><th>${word('baseline')}</th><th>${word('current')}</th><th>${word('change')}</th><th></th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};
