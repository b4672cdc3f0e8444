import { processingMs } from '../formula.ts';
import { meanOfFailures } from '../mean-of-failures.ts';

export const mtbf = meanOfFailures({
  id: 'mtbf',
  title: { zh: '平均故障间隔时间', en: 'Mean operating time between failures' },
  sum: 'Σ TBF',
  of: 'TBF is operating time, APT + AUST',
  min: 0,
  trend: 'higher-is-better',
  timeOf: ({ ms }) => processingMs(ms),
  inputsOf: ({ ms }) => ({ processingMs: BigInt(processingMs(ms)) }),
});
