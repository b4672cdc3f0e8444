import { type Kpi, knownBusyMs, plannedBusyMs, processingMs } from '../formula.ts';
import { goodIdealUs, ofIdealTime } from '../ideal-time.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

/** A product of two ratios, so its integers are products of sums: machines and hours are put together by their sums first. */
export const nee: Kpi = {
  id: 'nee',
  title: { zh: '净设备效率', en: 'NEE index' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), NEE index = (AUPT / PBT) · effectiveness · quality ratio; verified against the published ontology. As one ratio of the sums of a row: it does not add up over rows.',
  formula: '(AUPT / PBT) · (Σ PRI·GQ / APT)',
  formulaVersion: 'nee/1',
  unit: '1',
  range: { min: 0, max: null },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: false,
  parts(sums) {
    const processing = BigInt(processingMs(sums.ms));
    const known = BigInt(knownBusyMs(sums.ms));
    const runningUs = BigInt(sums.ms.running) * 1000n;
    const inputs = { processingMs: processing, knownBusyMs: known, runningUs };
    return ofIdealTime(sums, inputs, (running) => {
      const productiveUs = goodIdealUs(running);
      return {
        kind: 'ratio',
        numerator: processing * productiveUs,
        denominator: known * runningUs,
        unknown: null,
        ifZero:
          plannedBusyMs(sums.ms) === 0
            ? 'no-planned-time'
            : known === 0n
              ? 'no-known-time'
              : 'no-running-time',
        inputs: { ...inputs, productiveUs },
      };
    });
  },
};
