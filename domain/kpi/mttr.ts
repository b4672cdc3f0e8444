import { meanOfFailures } from '../mean-of-failures.ts';

export const mttr = meanOfFailures({
  id: 'mttr',
  title: { zh: '平均修复时间', en: 'Mean time to repair' },
  sum: 'Σ TTR',
  of: 'TTR is breakdown time',
  min: 0,
  trend: 'lower-is-better',
  timeOf: ({ ms }) => ms.breakdown,
  inputsOf: ({ ms }) => ({ breakdownMs: BigInt(ms.breakdown) }),
});
