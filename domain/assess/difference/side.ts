import type { Side } from '../difference.ts';
import { fractionText } from '../fraction.ts';
import type { Bilingual } from '../register.ts';
import { pointsText } from '../wording.ts';

/** What came out on one side, with its points. */
export function sideText({ finding }: Side): Bilingual {
  if (finding.outcome === 'not-applicable') return { zh: '不适用', en: 'not applicable' };
  if (finding.outcome === 'no-evidence') return { zh: '无证据', en: 'no evidence' };
  const { option, points, highest, cappedBy } = finding;
  const { zh, en } = pointsText(points);
  const limited =
    cappedBy === null ? { zh: '', en: '' } : { zh: `，受 ${cappedBy} 限制`, en: `, capped by ${cappedBy}` };
  return {
    zh: `${option}（${zh}，满分 ${fractionText(highest)}${limited.zh}）`,
    en: `${option} (${en} of ${fractionText(highest)}${limited.en})`,
  };
}
