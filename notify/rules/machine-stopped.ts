import { durationWords, wholeMinutes } from '../../domain/alert.ts';
import { STATE_NAMES } from '../../domain/names.ts';
import { inScope } from '../../domain/path.ts';
import { reasonName } from '../../domain/reason-names.ts';
import type { State } from '../../domain/state.ts';
import type { EpochMs } from '../../domain/time.ts';
import type { MachineFact } from '../facts.ts';
import { machineLink } from '../link.ts';
import type { Judgement, Rule } from '../rule.ts';

/** A machine that stands still in scheduled time, whatever the stop is called meanwhile. */
export const machineStopped: Rule = {
  id: 'machine-stopped',
  title: { zh: '设备停机', en: 'Machine stopped' },
  why: {
    zh: '排班时间内停机超过设定分钟数。休息、计划停机和非排班时间不计，也不报警；静默的设备既不算停机也不算恢复。',
    en: 'It stands still for longer than the minutes set, in scheduled time. Breaks, planned stops and time outside shifts neither count nor alarm; a silent machine is neither stopped nor running again.',
  },
  needs: 'machines',
  judge({ facts, entry, open }) {
    if (facts.machines === null) return null;
    return facts.machines.flatMap((machine): Judgement[] => {
      const subject = machine.path;
      if (!inScope(subject, entry.scope)) return [];
      const unsure: Judgement[] = open.has(subject) ? [{ is: 'unsure', subject }] : [];
      if (machine.state === 'unknown' || machine.stale) return unsure;
      if (!entry.states.includes(machine.state)) {
        // Switched off at the end of the shift is not repaired.
        const worked = machine.state === 'running' || machine.state === 'setup';
        if (!worked && facts.planned(subject) !== 'scheduled') return unsure;
        return open.has(subject) ? [{ is: 'no', subject, since: machine.since ?? facts.asOf }] : [];
      }
      const since = stopBegan(machine, entry.states) ?? facts.asOf;
      if (facts.planned(subject) !== 'scheduled') return unsure;
      const raw = facts.asOf - since;
      const lastedMs = raw < entry.forMs ? raw : facts.scheduledMs(subject, since);
      const { state, reason, reasonName: named } = machine;
      return [
        {
          is: 'yes',
          subject,
          since,
          lastedMs,
          evidence: {
            ...{ state, reason, stoppedMs: wholeMinutes(lastedMs) },
            ...(named && { reasonZh: named.zh, reasonEn: named.en }),
          },
        },
      ];
    });
  },
  says({ evidence: { state, reason, reasonZh, reasonEn, stoppedMs } }, language) {
    const named = STATE_NAMES[state as State][language];
    const own = language === 'zh' ? reasonZh : reasonEn;
    const why = reason === null ? '' : String(own ?? reasonName(String(reason), language));
    const length = durationWords(Number(stoppedMs), language);
    return language === 'zh'
      ? `已停机 ${length}（${named}${why && `：${why}`}）`
      : `has stood still for ${length} (${named}${why && `: ${why}`})`;
  },
  link: ({ subject }) => machineLink(subject),
};

/** When the unbroken stop began, also where state or reason changed during it. */
function stopBegan({ since, recent = [] }: MachineFact, states: readonly State[]): EpochMs | null {
  let began = since;
  for (const interval of recent.toReversed()) {
    if (began === null || interval.from >= began) continue;
    if (interval.to < began || !states.includes(interval.state)) break;
    began = interval.from;
  }
  return began;
}
