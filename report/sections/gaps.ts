import { doubleOf } from '../../domain/assess/fraction.ts';
import { type Indicator, indicatorsOf } from '../../domain/assess/rubric.ts';
import { html } from '../html.ts';
import type { Section } from '../section.ts';
import { NOTHING, type Voice } from '../voice.ts';

const MACHINES_NAMED = 12;

export const gaps: Section = {
  id: 'gaps',
  title: { zh: '与上一等级的差距', en: 'What is missing for the next level' },
  render({ assessment, rubric, voice }) {
    const { word, say } = voice;
    if (assessment.gaps.length === 0) return null;
    const indicators = new Map([...indicatorsOf(rubric)].map(({ indicator }) => [indicator.id, indicator]));
    const gates = new Map(rubric.levels.flatMap((level) => level.gates.map((gate) => [gate.id, gate.title])));
    const names = new Map(
      assessment.evidence.pilot.equipment.flatMap(({ id, name, machine }) => [
        [id, name],
        [machine ?? id, name],
      ]),
    );
    const rows = assessment.gaps.map((gap) => {
      const indicator = gap.indicator === null ? undefined : indicators.get(gap.indicator);
      const hanging = gap.gates.map((id) => gates.get(id)).filter((gate) => gate !== undefined);
      const more = gap.machines.length - MACHINES_NAMED;
      const needed =
        gap.needed.option !== null
          ? optionText(gap.needed.option, indicator, voice)
          : gap.needed.value === null
            ? NOTHING
            : voice.percent(gap.needed.value);
      return html`<tr><th scope="row">${indicator ? say(indicator.title) : hanging.map(say).join(voice.marks.semicolon)}</th><td>${needed}</td>
<td>${voice.points(gap.points)}</td><td>${voice.difference(doubleOf(gap.score), '1')}</td>
<td>${gap.machines
        .slice(0, MACHINES_NAMED)
        .map((machine) => names.get(machine) ?? machine)
        .join(voice.marks.list)}${more > 0 ? ` +${more}` : ''}</td><td>${say(gap.remediation)}</td></tr>`;
    });
    return html`<table><thead><tr><th>${word('indicator')}</th><th>${word('needed')}</th><th>${word('gain')}</th><th>${word('gainScore')}</th><th>${word('begin')}</th><th>${word('remedy')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};

/** An option by its id and text, as the question has it. */
function optionText(id: string, indicator: Indicator | undefined, { say }: Voice): string {
  const option =
    indicator?.scoring.kind === 'options'
      ? indicator.scoring.options.find((one) => one.id === id)
      : undefined;
  return option ? `${id} ${say(option.text)}` : id;
}
