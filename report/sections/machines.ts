import type { MachineEvidence } from '../../domain/assess/evidence.ts';
import type { Equipment } from '../../domain/assess/register.ts';
import { CLASS_ORDER } from '../../domain/ledger-row.ts';
import { CLASS_NAMES } from '../../domain/names.ts';
import { CLASS_FILLS, timeBar } from '../charts.ts';
import { html } from '../html.ts';
import type { Section } from '../section.ts';
import { NOTHING } from '../voice.ts';

/** Every registered piece of equipment, heard or not, and every machine that nobody registered. */
export const machines: Section = {
  id: 'machines',
  title: { zh: '设备与时间台账', en: 'Equipment and its time ledger' },
  render({ assessment, voice }) {
    const { word, say } = voice;
    const { evidence } = assessment;
    const heard = new Map(evidence.windows[0]?.machines.map((machine) => [machine.path, machine]));
    const registered = new Set(evidence.pilot.equipment.map(({ machine }) => machine));
    const lines: readonly { equipment: Equipment | null; machine: MachineEvidence | null }[] = [
      ...evidence.pilot.equipment.map((equipment) => ({
        equipment,
        machine: (equipment.machine !== null && heard.get(equipment.machine)) || null,
      })),
      ...[...heard.values()]
        .filter(({ path }) => !registered.has(path))
        .map((machine) => ({ equipment: null, machine })),
    ];
    if (lines.length === 0) return null;
    const legend = CLASS_ORDER.map(
      (name) =>
        html`<span><svg viewBox="0 0 12 12" width="10" height="10" aria-hidden="true"><rect width="12" height="12" fill="${CLASS_FILLS[name]}" stroke="#8a94a3"/></svg> ${say(CLASS_NAMES[name])}</span> `,
    );
    const rows = lines.map(({ equipment, machine }) => {
      const name = equipment
        ? html`${equipment.name} <small>${equipment.id}${equipment.key && ` · ${word('key')}`}</small>`
        : html`<small>${word('notRegistered')}</small>`;
      const path = machine?.path ?? equipment?.machine ?? word('notConnected');
      const figure = machine?.figures.find(({ kpi }) => kpi === 'utilisation');
      const silent = machine === null || machine.lastHeard === null;
      return html`<tr><th scope="row">${name}<br><small>${path}</small></th>
<td>${machine ? `${machine.heardDays} / ${machine.scheduledDays}` : NOTHING}</td>
<td class="wide">${silent ? html`<span class="muted">${word(equipment?.machine === null ? 'notConnected' : 'neverHeard')}</span>` : timeBar(machine.ms, path)}</td>
<td>${figure ? voice.percent(figure.value) : NOTHING}${figure && html`<br><small>${voice.range(figure.low, figure.high, '1')}</small>`}</td>
<td>${figure ? voice.percent(figure.coverage) : NOTHING}</td></tr>`;
    });
    return html`<p class="legend">${legend}</p><table><thead><tr><th>${word('equipment')}</th><th>${word('heardDays')}</th><th>${word('time')}</th><th>${word('utilisation')}</th><th>${word('coverage')}</th></tr></thead><tbody>${rows}</tbody></table>`;
  },
};
