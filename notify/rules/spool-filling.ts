import { durationWords, wholeMinutes } from '../../domain/alert.ts';
import { type BooksSample, ofIngest, untold } from '../facts.ts';
import { healthLink } from '../link.ts';
import type { Judgement, Rule } from '../rule.ts';

/** An alert is over when the spool is this share emptier than where it began. */
const CLEAR_BELOW = 0.1;
/** A rate is believed when it was watched for so long. */
const LEAST_WATCHED_MS = 120_000;
/** A spool that holds next to nothing isn't filling, however fast its first bytes came. */
const LEAST_SHARE = 0.05;

/** What is acknowledged and not yet stored comes near to what the disk may hold. */
export const spoolFilling: Rule = {
  id: 'spool-filling',
  title: { zh: '磁盘暂存将满', en: 'Spool filling' },
  why: {
    zh: '暂存超过 spool.maxBytes 的设定比例，或按目前的速度将在设定时间内写满。写满后不再确认消息，消息留在代理处。',
    en: 'The spool holds more than the share set of spool.maxBytes, or will be full within the time set at its present rate. Once it is full, messages stay unacknowledged at the broker.',
  },
  needs: 'books',
  judge({ facts, entry, open }) {
    if (facts.books === null) return null;
    const judged = facts.books.flatMap(({ ingest, samples }): Judgement[] => {
      const newest = samples.at(-1);
      if (newest === undefined) return [];
      const subject = ofIngest('spool', ingest);
      const filled = newest.spoolBytes / newest.spoolMaxBytes;
      const fullInMs = fullIn(samples);
      const isOpen = open.has(subject);
      const limit = isOpen ? entry.share - CLEAR_BELOW : entry.share;
      const soon = isOpen ? 2 * entry.fullWithinMs : entry.fullWithinMs;
      const filling = fullInMs !== null && fullInMs <= soon && filled >= LEAST_SHARE;
      if (filled < limit && !filling) return [];
      const evidence = {
        share: Math.floor(filled * 100) / 100,
        spoolBytes: newest.spoolBytes,
        maxBytes: newest.spoolMaxBytes,
        fullInMs: fullInMs === null ? null : wholeMinutes(fullInMs),
      };
      return [{ is: 'yes', subject, evidence }];
    });
    const unsure = untold(facts.books, 'spool', open).map((subject) => ({ is: 'unsure', subject }) as const);
    return [...judged, ...unsure];
  },
  says({ evidence: { share, fullInMs } }, language) {
    const filled = `${Math.round(Number(share) * 100)} %`;
    const rest = fullInMs === null ? '' : durationWords(Number(fullInMs), language);
    return language === 'zh'
      ? `已用 ${filled}${rest && `，按目前速度约 ${rest}后写满`}；请恢复数据库或调大 spool.maxBytes`
      : `is ${filled} full${rest && `, and will be full in about ${rest} at this rate`}; bring the store back, or raise spool.maxBytes`;
  },
  link: () => healthLink,
};

/** How long until the spool is full at the rate of the samples; `null`: it isn't growing, or wasn't watched for long enough. */
function fullIn(samples: readonly BooksSample[]): number | null {
  const [first] = samples;
  const last = samples.at(-1);
  if (!first || !last || last.at - first.at < LEAST_WATCHED_MS) return null;
  const bytesPerMs = (last.spoolBytes - first.spoolBytes) / (last.at - first.at);
  if (bytesPerMs <= 0) return null;
  return Math.max(0, (last.spoolMaxBytes - last.spoolBytes) / bytesPerMs);
}
