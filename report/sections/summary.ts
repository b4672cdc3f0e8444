import { doubleOf } from '../../domain/assess/fraction.ts';
import { openDiscrepancies } from '../../domain/assess/open-discrepancies.ts';
import { GRADE_WORDS } from '../../domain/plausibility/finding-words.ts';
import { boundedBar } from '../charts.ts';
import { html } from '../html.ts';
import type { Section } from '../section.ts';

export const summary: Section = {
  id: 'summary',
  title: { zh: '结论', en: 'Result' },
  render({ assessment, rubric, voice }) {
    const { scores, level, evidence } = assessment;
    const { plausibility } = evidence;
    const { word, say, share } = voice;
    const { total } = scores;
    const titleOf = (id: string | null): string => {
      const found = rubric.levels.find((entry) => entry.id === id);
      return found ? say(found.title) : word('none');
    };
    const open = openDiscrepancies(assessment).length;
    const bar =
      total &&
      boundedBar({
        low: doubleOf(total.low),
        value: total.value && doubleOf(total.value),
        high: doubleOf(total.high),
        label: word('score'),
      });
    return html`<div class="summary">
<div class="card"><h3>${word('score')}</h3>
<p class="big">${total ? (total.value ? share(total.value) : word('noValue')) : word('notApplicable')}</p>
${bar}
${
  total &&
  html`<p>${word('bounds')} ${share(total.low)} ~ ${share(total.high)}</p>
<p>${word('points')} ${voice.points(total.points)} / ${voice.points(total.highest)}${voice.marks.semicolon}${total.findings.scored} ${word('scored')}${voice.marks.comma}${total.findings.noEvidence} ${word('noEvidence')}${voice.marks.comma}${total.findings.notApplicable} ${word('notApplicable')}</p>`
}</div>
<div class="card"><h3>${word('reached')}</h3>
<p class="big">${rubric.levels.length === 0 ? word('notApplicable') : titleOf(level.reached)}</p>
<p>${word('possible')}${voice.marks.colon}${titleOf(level.possible)}</p>
${level.unknownTimeCouldChangeIt && html`<p class="warning">${word('unknownDecides')}</p>`}</div>
<div class="card"><h3>${word('openDiscrepancies')}</h3>
<p class="${open > 0 ? 'big warning' : 'big'}">${open}</p>
${
  plausibility &&
  html`<p class="${plausibility.grade === 'A' ? '' : 'warning'}">${word('evidenceGrade')} <b>${plausibility.grade}</b>${voice.marks.colon}${say(GRADE_WORDS[plausibility.grade])}</p>`
}</div></div>`;
  },
};
