import { processingMs } from '../formula.ts';
import { meanOfFailures } from '../mean-of-failures.ts';

export const mttf = meanOfFailures({
  id: 'mttf',
  title: { zh: '平均失效前时间', en: 'Mean time to failure' },
  sum: 'Σ TTF',
  of: 'TTF = TBF − TTR, as the elements are written; negative where repairs took longer than operation',
  min: null,
  trend: 'higher-is-better',
  timeOf: ({ ms }) => processingMs(ms) - ms.breakdown,
  inputsOf: ({ ms }) => ({ processingMs: BigInt(processingMs(ms)), breakdownMs: BigInt(ms.breakdown) }),
});
