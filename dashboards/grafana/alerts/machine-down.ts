import { LEVELS } from '../../../domain/path.ts';
import type { AlertSpec } from '../alert.ts';
import { influxql } from '../influxql.ts';
import { LIMITS } from '../limits.ts';

export const machineDown: AlertSpec = {
  id: 'machine-down',
  title: { zh: '设备故障', en: 'Machine down' },
  says: {
    zh: '{{ $labels.site }} {{ $labels.line }} 的 {{ $labels.machine }} 处于故障状态。',
    en: '{{ $labels.machine }} on {{ $labels.line }}, {{ $labels.site }}, is down.',
  },
  remedy: {
    zh: '在看板或网页上看开始时间和原因；没有原因时请操作工补一个。',
    en: 'See on the dashboard or the page since when, and why; where there is no reason, ask the operator for one.',
  },
  // A machine is posted anew at least every five minutes; one that isn't any more has been removed.
  rangeMinutes: 15,
  influxql: influxql({
    select: [['last("down")', 'down']],
    from: 'machine_state',
    by: LEVELS,
  }),
  fires: { when: 'above', limit: 0 },
  forMinutes: LIMITS.downForMinutes,
  severity: 'warning',
  // Nobody posts states: analysis doesn't run, or the store is away.
  noData: 'NoData',
  onError: 'Error',
  look: { dashboard: 'machine', panel: 'State of each machine now' },
  equals: 'down',
};
