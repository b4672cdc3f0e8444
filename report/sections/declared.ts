import { titleOfFigure } from '../../domain/assess/figure-titles.ts';
import { declaredChart } from '../charts.ts';
import { html } from '../html.ts';
import type { Section } from '../section.ts';
import { NOTHING } from '../voice.ts';

export const declared: Section = {
  id: 'declared',
  title: { zh: '申报与实测', en: 'Declared against measured' },
  render({ assessment, voice }) {
    const { word, say } = voice;
    if (assessment.declared.length === 0) return null;
    const rows = assessment.declared.map(
      ({ declared: stated, measured, difference, reasons, state, closure }) => {
        const { unit } = stated;
        const chart =
          measured &&
          declaredChart({
            declared: stated.value,
            value: measured.value,
            low: measured.low,
            high: measured.high,
            label: `${word('declared')} / ${word('measured')}`,
          });
        return html`<tr class="${state}"><th scope="row">${say(titleOfFigure(stated.figure))}<br><small>${stated.document}${voice.marks.comma}${stated.date}</small></th>
<td>${voice.value(stated.value, unit)}</td>
<td>${measured ? voice.value(measured.value, unit) : NOTHING}${measured && html`<br><small>${voice.range(measured.low, measured.high, unit)}</small>`}</td>
<td>${voice.difference(difference, unit)}</td><td class="medium">${chart}</td>
<td><ul>${reasons.map(({ detail }) => html`<li>${say(detail)}</li>`)}</ul></td>
<td class="${state}">${word(state)}${closure && html`<br><small>${word(closure.verdict)}${voice.marks.colon}${closure.note}${voice.marks.open}${closure.by}${voice.marks.comma}${voice.day(closure.at)}${voice.marks.close}</small>`}</td></tr>`;
      },
    );
    return html`<p class="legend"><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><path d="M6 0 l5 6 l-5 6 l-5 -6 z" fill="none" stroke="#b3261e" stroke-width="1.8"/></svg> ${word('declared')}
<svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true"><circle cx="6" cy="6" r="4" fill="#0b6b52"/></svg> ${word('measured')}
<svg viewBox="0 0 20 12" width="20" height="12" aria-hidden="true"><rect width="20" height="12" fill="url(#unknown)" stroke="#3c4754"/></svg> ${word('bounds')}</p>
<table class="declared"><thead><tr><th>${word('figure')}</th><th>${word('declared')}</th><th>${word('measured')}</th><th>${word('difference')}</th><th></th><th>${word('reasons')}</th><th>${word('state')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};
