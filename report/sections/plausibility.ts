import { checkTitle, evidenceWords, GRADE_WORDS } from '../../domain/plausibility/finding-words.ts';
import { html } from '../html.ts';
import type { Section } from '../section.ts';

/** How far the evidence carries, and whatever was found that speaks against it, with its numbers. */
export const plausibility: Section = {
  id: 'plausibility',
  title: { zh: '数据可信度', en: 'Plausibility of the data' },
  render({ assessment, voice }) {
    const { word, say, time, marks } = voice;
    const looked = assessment.evidence.plausibility;
    if (!looked) return html`<p class="muted">${word('notLookedOver')}</p>`;
    const { grade, machines, close, judged, compared } = looked;
    const doubtful = machines.filter((one) => one.findings.length > 0);
    const rows = doubtful.flatMap(({ machine, grade: own, findings }) =>
      findings.map(
        (finding, index) =>
          html`<tr>${index === 0 && html`<th scope="row" rowspan="${findings.length}">${machine}<br><small>${word('evidenceGrade')} ${own}</small></th>`}<td>${say(checkTitle(finding.check))} <small>${finding.grade}</small></td><td>${time(finding.from)} ~ ${time(finding.to)}</td><td>${say(evidenceWords(finding))}</td></tr>`,
      ),
    );
    const lost = machines.flatMap(({ machine, unjudged }) =>
      unjudged
        ? [
            html`<p class="muted">${machine}${marks.colon}${word('unjudged')} ${time(unjudged.from)} ~ ${time(unjudged.to)}</p>`,
          ]
        : [],
    );
    const table = html`<table><thead><tr><th>${word('machine')}</th><th>${word('check')}</th><th>${word('stretch')}</th><th>${word('shown')}</th></tr></thead><tbody>${rows}</tbody></table>`;
    return html`<p>${word('evidenceGrade')} <b>${grade}</b>${marks.colon}${say(GRADE_WORDS[grade])}${marks.semicolon}${machines.length} ${word('gradedMachines')}${marks.colon}${doubtful.length}</p>
<p class="muted">${word('gradeNote')} ${word('closeLook')}${marks.colon}${time(close.from)} ~ ${time(close.to)}${judged && html`${marks.semicolon}${word('judgedLook')}${marks.colon}${time(judged.from)} ~ ${time(judged.to)}`}${compared && html`${marks.semicolon}${word('comparedLook')}${marks.colon}${time(compared.from)} ~ ${time(compared.to)}`}</p>
${lost}
${rows.length > 0 ? table : html`<p>${word('nothingFound')}</p>`}`;
  },
};
