import { durationWords, wholeMinutes } from '../../domain/alert.ts';
import { inScope } from '../../domain/path.ts';
import { machineLink } from '../link.ts';
import type { Judgement, Rule } from '../rule.ts';
import { silenceOf } from '../silence.ts';

/** A machine that says nothing in scheduled time. */
export const machineSilent: Rule = {
  id: 'machine-silent',
  title: { zh: '设备静默', en: 'Machine silent' },
  why: {
    zh: '排班时间内超过设定分钟数（至少为 maxSilenceMs）没有任何数据。从未上报过的设备、maxSilenceMs 为 null 的设备不报警；与代理断开时不作判断。',
    en: 'Nothing is heard of it for longer than the minutes set (maxSilenceMs at least), in scheduled time. Machines that were never heard, or have maxSilenceMs: null, don’t alarm; while the broker is away nothing is judged.',
  },
  needs: 'machines',
  judge({ facts, entry, open }) {
    if (facts.machines === null || !facts.hearing) return null;
    return facts.machines.flatMap((machine): Judgement[] => {
      const subject = machine.path;
      if (!inScope(subject, entry.scope)) return [];
      const silence = silenceOf(machine, facts, entry.forMs);
      if (silence.is !== 'silent') {
        return silence.is === 'not-expected' && open.has(subject) ? [{ is: 'unsure', subject }] : [];
      }
      const { since, lastedMs } = silence;
      return [{ is: 'yes', subject, since, lastedMs, evidence: { silentMs: wholeMinutes(lastedMs) } }];
    });
  },
  says({ evidence: { silentMs } }, language) {
    const length = durationWords(Number(silentMs), language);
    return language === 'zh' ? `已 ${length}没有数据` : `has said nothing for ${length}`;
  },
  link: ({ subject }) => machineLink(subject),
};
