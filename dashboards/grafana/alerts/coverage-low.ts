import { LEVELS } from '../../../domain/path.ts';
import type { AlertSpec } from '../alert.ts';
import { influxql } from '../influxql.ts';
import { LIMITS } from '../limits.ts';

export const coverageLow: AlertSpec = {
  id: 'coverage-low',
  title: { zh: '数据覆盖率低', en: 'Coverage low' },
  says: {
    zh: `{{ $labels.site }} {{ $labels.line }} 的 {{ $labels.machine }} 在最近 24 小时的数据覆盖率低于 ${LIMITS.coverageFloor * 100} %。`,
    en: `Coverage of {{ $labels.machine }} on {{ $labels.line }}, {{ $labels.site }}, was below ${LIMITS.coverageFloor * 100} % over the last 24 hours.`,
  },
  remedy: {
    zh: '这台设备的数字不可用于评价。在网页的时间线上看未知的时段：是静默，还是没有映射的状态词。',
    en: 'Its figures are not to be judged by. Look at the unknown stretches on its timeline: silence, or a state word that nobody declared.',
  },
  rangeMinutes: 24 * 60,
  influxql: influxql({
    select: [['"above" / "below"', 'coverage']],
    from: {
      select: [
        ['sum("known_ms")', 'above'],
        ['sum("busy_ms")', 'below'],
      ],
      from: 'ledger',
      where: [`"grain" = 'hour'`],
      by: LEVELS,
    },
    // Nothing was planned, so nothing could be covered.
    where: ['"below" > 0'],
    by: LEVELS,
  }),
  fires: { when: 'below', limit: LIMITS.coverageFloor },
  forMinutes: 60,
  severity: 'warning',
  // A plant that rests for a day has no planned time.
  noData: 'OK',
  onError: 'Error',
  look: { dashboard: 'health', panel: 'Coverage by machine' },
  equals: 'coverage',
};
