import { indicatorsOf } from '../../domain/assess/rubric.ts';
import { html } from '../html.ts';
import type { Section } from '../section.ts';
import { NOTHING } from '../voice.ts';

const MACHINES_NAMED = 12;

export const gaps: Section = {
  id: 'gaps',
  title: { zh: '与上一等级的差距', en: 'What is missing for the next level' },
  render({ assessment, rubric, voice }) {
    const { word, say } = voice;
    if (assessment.gaps.length === 0) return null;
    const titles = new Map([...indicatorsOf(rubric)].map(({ indicator }) => [indicator.id, indicator.title]));
    const gates = new Map(rubric.levels.flatMap((level) => level.gates.map((gate) => [gate.id, gate.title])));
    const names = new Map(
      assessment.evidence.pilot.equipment.flatMap(({ id, name, machine }) => [
        [id, name],
        [machine ?? id, name],
      ]),
    );
    const rows = assessment.gaps.map((gap) => {
      const title = gap.indicator === null ? undefined : titles.get(gap.indicator);
      const hanging = gap.gates.map((id) => gates.get(id)).filter((gate) => gate !== undefined);
      const more = gap.machines.length - MACHINES_NAMED;
      const needed =
        gap.needed.option ?? (gap.needed.value === null ? NOTHING : voice.percent(gap.needed.value));
      return html`<tr><th scope="row">${title ? say(title) : hanging.map(say).join('；')}</th><td>${needed}</td>
<td>${voice.points(gap.points)} (${voice.share(gap.score)})</td>
<td>${gap.machines
        .slice(0, MACHINES_NAMED)
        .map((machine) => names.get(machine) ?? machine)
        .join('、')}${more > 0 ? ` +${more}` : ''}</td><td>${say(gap.remediation)}</td></tr>`;
    });
    return html`<table><thead><tr><th>${word('indicator')}</th><th>${word('needed')}</th><th>${word('gain')}</th><th>${word('begin')}</th><th>${word('remedy')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};
