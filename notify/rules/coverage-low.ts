import { inScope } from '../../domain/path.ts';
import { machineLink } from '../link.ts';
import type { Rule } from '../rule.ts';

/** An alert is over when coverage is this much above the floor, so that it doesn't come and go at the floor. */
const CLEAR_ABOVE = 0.02;

/** The figures of the running shift can't be judged by, since too much of it is unknown. */
export const coverageLow: Rule = {
  id: 'coverage-low',
  title: { zh: '数据覆盖率低', en: 'Coverage low' },
  why: {
    zh: '当前班次（没有班次时为当前生产日）的数据覆盖率低于该设备的 coverageFloor，数字不可用于评价。班次开始后计划时间满 afterMinutes 才判断。',
    en: 'The coverage of the running shift (of the production day, where there are no shifts) is below the machine’s coverageFloor, so that its figures are not to be judged by. Judged once afterMinutes of planned time have passed.',
  },
  needs: 'coverage',
  judge({ facts, entry, open }) {
    return (
      facts.coverage?.flatMap(({ machine: subject, coverage, floor, plannedMs, shift, from }) => {
        if (!inScope(subject, entry.scope) || coverage === null || plannedMs < entry.afterMs) return [];
        const limit = open.has(subject) ? Math.min(1, floor + CLEAR_ABOVE) : floor;
        if (coverage >= limit) return [];
        const evidence = { coverage: Math.floor(coverage * 1000) / 1000, floor, shift, shiftFrom: from };
        return [{ is: 'yes', subject, evidence } as const];
      }) ?? null
    );
  },
  says({ evidence: { coverage, floor, shift } }, language) {
    const share = `${(Number(coverage) * 100).toFixed(1)} %`;
    const least = `${Number((Number(floor) * 100).toFixed(1))} %`;
    const named = shift === null ? '' : ` ${shift}${language === 'zh' ? ' ' : ''}`;
    return language === 'zh'
      ? `当前班次${named}的数据覆盖率为 ${share}，低于 ${least}`
      : `has a coverage of ${share} in the running shift${named}, below ${least}`;
  },
  link: ({ subject }) => machineLink(subject),
};
