import { durationWords, wholeMinutes } from '../../domain/alert.ts';
import { inScope } from '../../domain/path.ts';
import type { Facts, MachineFact } from '../facts.ts';
import { healthLink } from '../link.ts';
import type { Judgement, Rule } from '../rule.ts';
import { type Silence, silenceOf } from '../silence.ts';

function isHeard(source: string, machines: readonly MachineFact[], facts: Facts): boolean {
  const heardAt = facts.sourceHeard?.(source) ?? null;
  const patienceMs = Math.min(
    ...machines.map(({ maxSilenceMs }) => maxSilenceMs ?? Number.POSITIVE_INFINITY),
  );
  return heardAt !== null && facts.asOf - heardAt <= patienceMs;
}

/** Nothing comes from a gateway any more: all the machines that speak through it are silent, and one message tells of all. */
export const sourceSilent: Rule = {
  id: 'source-silent',
  title: { zh: '数据源静默', en: 'Source silent' },
  why: {
    zh: '同一数据源（网关、边缘节点）下的全部设备在排班时间内都没有数据。一条消息代替逐台设备的消息。',
    en: 'All the machines of one source (a gateway, an edge node) say nothing in scheduled time. One message stands for one of each machine.',
  },
  needs: 'machines',
  judge({ facts, entry, open }) {
    if (facts.machines === null || !facts.hearing) return null;
    const machines = facts.machines.filter(({ path }) => inScope(path, entry.scope));
    const sources = Map.groupBy(machines, ({ path, source }) => source ?? path);
    return [...sources].flatMap(([subject, own]): Judgement[] => {
      const silences = own.map((machine) => silenceOf(machine, facts, entry.forMs));
      // A machine that was never heard tells nothing of its source.
      const told = silences.filter((_, index) => own[index]?.lastHeard !== null);
      if (told.length === 0 || told.some(({ is }) => is === 'heard')) return [];
      const silent = told.filter((one): one is Extract<Silence, { is: 'silent' }> => one.is === 'silent');
      // Its messages come: it is its clock that is behind, or old data that it catches up with.
      if (isHeard(subject, own, facts)) return [];
      if (silent.length === 0) return open.has(subject) ? [{ is: 'unsure', subject }] : [];
      const since = Math.max(...silent.map((one) => one.since));
      const lastedMs = Math.min(...silent.map((one) => one.lastedMs));
      const evidence = { silentMs: wholeMinutes(lastedMs), machines: own.length };
      return [{ is: 'yes', subject, since, lastedMs, evidence }];
    });
  },
  says({ evidence: { silentMs, machines } }, language) {
    const length = durationWords(Number(silentMs), language);
    return language === 'zh'
      ? `已 ${length}没有数据，涉及 ${machines} 台设备`
      : `has sent nothing for ${length}; ${machines} ${machines === 1 ? 'machine speaks' : 'machines speak'} through it`;
  },
  link: () => healthLink,
};
