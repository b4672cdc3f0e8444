import { healthLink } from '../link.ts';
import type { Rule } from '../rule.ts';

/** A part that the platform can't do without doesn't do its work: the store, the broker, the spool, ingest. */
export const partAway: Rule = {
  id: 'part-away',
  title: { zh: '平台部件不可用', en: 'A part is away' },
  why: {
    zh: '数据库、消息代理、磁盘暂存或收数进程不工作，与 /readyz 的判断相同。',
    en: 'The store, the broker, the spool or ingest doesn’t do its work, as /readyz tells.',
  },
  needs: 'parts',
  judge({ facts }) {
    return (
      facts.parts
        ?.filter(({ ok }) => !ok)
        .map(({ part, message: { zh, en } }) => ({ is: 'yes', subject: part, evidence: { zh, en } })) ?? null
    );
  },
  says: ({ evidence }, language) => String(evidence[language]).replace(/[.。]$/, ''),
  link: () => healthLink,
};
