import { html } from '../html.ts';
import type { Section } from '../section.ts';

export const levels: Section = {
  id: 'levels',
  title: { zh: '等级门槛', en: 'Gates of the levels' },
  render({ assessment, rubric, voice }) {
    const { word, say, mark } = voice;
    if (rubric.levels.length === 0) return null;
    const rows = rubric.levels.flatMap((level) => {
      const found = assessment.level.levels.find((entry) => entry.level === level.id);
      const results = new Map(found?.gates.map((gate) => [gate.gate, gate]));
      const head = html`<tr class="element"><th scope="row" colspan="2">${say(level.title)}</th><td colspan="2" class="${found?.passed}">${found && word(found.passed)}</td></tr>`;
      const gates = level.gates.map((gate) => {
        const result = results.get(gate.id);
        return html`<tr><td></td><th scope="row">${say(gate.title)} ${mark(gate.source)}</th>
<td class="${result?.passed}">${result ? word(result.passed) : word('notApplicable')}</td><td>${result && say(result.because)}</td></tr>`;
      });
      return [head, ...gates];
    });
    return html`<table><thead><tr><th>${word('level')}</th><th>${word('gate')}</th><th>${word('result')}</th><th>${word('because')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};
