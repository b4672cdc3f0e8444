import { ofIngest, untold } from '../facts.ts';
import { healthLink } from '../link.ts';
import type { Judgement, Rule } from '../rule.ts';

const MINUTE_MS = 60_000;
/** A rate is believed when it was watched for so long. */
const LEAST_WATCHED_MS = MINUTE_MS;

/** More messages are refused than usual: a mapping, a gateway or a clock was changed. */
export const refusedRising: Rule = {
  id: 'refused-rising',
  title: { zh: '拒收增多', en: 'Refusals rising' },
  why: {
    zh: '每分钟被拒收的消息数达到设定值。降到一半以下才算恢复。原因和载荷在“数据健康”中可查，修正后可重放。',
    en: 'As many messages a minute are refused as set; it is over at half of that. Data health shows why, with each payload; mended, they can be replayed.',
  },
  needs: 'books',
  judge({ facts, entry, open }) {
    if (facts.books === null) return null;
    const judged = facts.books.flatMap(({ ingest, samples }): Judgement[] => {
      const subject = ofIngest('ingest', ingest);
      const first = samples[0];
      const last = samples.at(-1);
      if (!first || !last || last.at - first.at < LEAST_WATCHED_MS) {
        return open.has(subject) ? [{ is: 'unsure', subject }] : [];
      }
      const perMinute = ((last.refused - first.refused) * MINUTE_MS) / (last.at - first.at);
      const limit = open.has(subject) ? entry.perMinute / 2 : entry.perMinute;
      if (perMinute < limit) return [];
      const evidence = { perMinute: Math.round(perMinute), refused: last.refused };
      return [{ is: 'yes', subject, evidence }];
    });
    const unsure = untold(facts.books, 'ingest', open).map((subject) => ({ is: 'unsure', subject }) as const);
    return [...judged, ...unsure];
  },
  says({ evidence: { perMinute, refused } }, language) {
    return language === 'zh'
      ? `每分钟拒收约 ${perMinute} 条消息，累计 ${refused} 条`
      : `refuses about ${perMinute} messages a minute, ${refused} in all`;
  },
  link: () => healthLink,
};
