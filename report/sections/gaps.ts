import type { Gap } from '../../domain/assess/assessment.ts';
import { doubleOf } from '../../domain/assess/fraction.ts';
import { leastEffortFirst, neededOf } from '../../domain/assess/needed.ts';
import { indicatorsOf } from '../../domain/assess/rubric.ts';
import { type Html, html } from '../html.ts';
import type { ReportContext, Section } from '../section.ts';
import { NOTHING } from '../voice.ts';

const MACHINES_NAMED = 12;

export const gaps: Section = {
  id: 'gaps',
  title: { zh: '与更高一级的差距', en: 'What is missing for the next level' },
  render(context) {
    const { assessment, voice } = context;
    const { word } = voice;
    if (assessment.gaps.length === 0) return null;
    const all = leastEffortFirst(assessment.gaps);
    const [plan, others] = [all.filter(({ step }) => step !== null), all.filter(({ step }) => step === null)];
    return html`<p>${word('planHint')}</p>${table(context, plan)}${
      others.length > 0 && html`<h3>${word('otherWays')}</h3>${table(context, others)}`
    }`;
  },
};

function table(context: ReportContext, rows: readonly Gap[]): Html {
  const { assessment, rubric, voice } = context;
  const { word, say } = voice;
  const titles = new Map([...indicatorsOf(rubric)].map(({ indicator }) => [indicator.id, indicator.title]));
  const gates = new Map(rubric.levels.flatMap((level) => level.gates.map((gate) => [gate.id, gate.title])));
  const names = new Map(
    assessment.evidence.pilot.equipment.flatMap(({ id, name, machine }) => [
      [id, name],
      [machine ?? id, name],
    ]),
  );
  const cells = rows.map((gap) => {
    const title = gap.indicator === null ? undefined : titles.get(gap.indicator);
    const hanging = gap.gates.map((id) => gates.get(id)).filter((gate) => gate !== undefined);
    const more = gap.machines.length - MACHINES_NAMED;
    return html`<tr><th scope="row">${title ? say(title) : hanging.map(say).join(voice.marks.semicolon)}</th><td>${neededText(context, gap)}</td>
<td>${word(gap.enoughAlone ? 'enoughAlone' : 'bestPossible')}</td>
<td>${voice.points(gap.points)}</td><td>${voice.difference(doubleOf(gap.score), '1')}</td>
<td>${gap.machines
      .slice(0, MACHINES_NAMED)
      .map((machine) => names.get(machine) ?? machine)
      .join(voice.marks.list)}${more > 0 ? ` +${more}` : ''}</td><td>${say(gap.remediation)}</td></tr>`;
  });
  return html`<table><thead><tr><th>${word('indicator')}</th><th>${word('needed')}</th><th>${word('enough')}</th><th>${word('gain')}</th><th>${word('gainScore')}</th><th>${word('begin')}</th><th>${word('remedy')}</th></tr></thead><tbody>${cells}</tbody></table>`;
}

/** An answer by its id and text, as the question has it; a value in its unit. */
function neededText({ rubric, voice }: ReportContext, gap: Gap): string {
  const needed = neededOf(gap, rubric);
  if (needed === null) return NOTHING;
  if (needed.kind === 'value') return voice.value(needed.value, needed.unit);
  return `${needed.option.id} ${voice.say(needed.option.text)}`;
}
