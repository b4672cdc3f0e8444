import { healthLink } from '../link.ts';
import type { Rule } from '../rule.ts';

const DAY_MS = 86_400_000;
/** An alert is over when the disk is this share emptier than where it began. */
const CLEAR_BELOW = 0.02;
/** And when it lasts this many times longer than where it began: growth differs from day to day. */
const CLEAR_TIMES = 1.5;

/** The disk of the data folder is nearly full, or will soon be if all goes on as in the last week. */
export const diskFilling: Rule = {
  id: 'disk-filling',
  title: { zh: '磁盘将满', en: 'Disk filling' },
  why: {
    zh: 'data.dir 所在磁盘的占用超过设定比例，或按最近一周的增长将在设定天数内写满（见 /storage）。写满后无法再存入数据。',
    en: 'The disk of data.dir is used beyond the share set, or will be full within the days set if all grows as in the last week (as /storage tells). Once it is full, nothing more can be stored.',
  },
  needs: 'disk',
  judge({ facts: { asOf, disk }, entry, open }) {
    if (disk === null) return null;
    const { freeBytes, totalBytes, fullAt, settings } = disk;
    const isOpen = open.has('disk');
    const used = totalBytes === 0 ? 0 : 1 - freeBytes / totalBytes;
    const limit = isOpen ? entry.share - CLEAR_BELOW : entry.share;
    const soon = entry.withinMs * (isOpen ? CLEAR_TIMES : 1);
    const leftMs = fullAt === null ? null : Math.max(0, fullAt - asOf);
    if (used < limit && (leftMs === null || leftMs > soon)) return [];
    const evidence = {
      ...{ share: Math.floor(used * 100) / 100, freeBytes, totalBytes },
      days: leftMs === null ? null : Math.floor(leftMs / DAY_MS),
      settings: settings.join(' '),
    };
    return [{ is: 'yes', subject: 'disk', evidence }];
  },
  says({ evidence: { share, days, settings } }, language) {
    // An alert of a former version names none.
    const names = String(settings ?? 'data.retentionDays').split(' ');
    const used = `${Math.round(Number(share) * 100)} %`;
    if (language === 'zh') {
      const rest = days === null ? '' : `，按目前增长约 ${days} 天后写满`;
      return `已用 ${used}${rest}；请扩大磁盘或缩短 ${names.join('、')}`;
    }
    const rest =
      days === null ? '' : `, and full in about ${days} ${days === 1 ? 'day' : 'days'} at this growth`;
    return `is ${used} full${rest}; make the disk larger, or shorten ${names.join(', ')}`;
  },
  link: () => healthLink,
};
