import { ratioOf } from '../../ratio.ts';
import { groupFigure, nothing, partsOf } from '../counting/pinned.ts';
import type { PinnedFigure } from '../evidence.ts';
import type { Measure } from '../measure.ts';

/** The KPI whose inputs hold planned busy and unknown time. */
const CARRIER = 'availability';

const knownTime = ({ inputs }: PinnedFigure) => {
  const { plannedBusyMs = 0n, unknownMs = 0n } = inputs;
  return { known: plannedBusyMs - unknownMs, busy: plannedBusyMs };
};

export const dataCoverage: Measure = {
  id: 'data-coverage',
  title: { zh: '数据覆盖率', en: 'Data coverage' },
  source: 'Our own: the coverage that every figure of the time ledger carries.',
  verification: 'proposed',
  definition: {
    zh: '计划负荷时间（PBT）中状态已知的时间所占比例；没有数据的时间为未知，既不算停机也不算运行。未接入平台的设备没有计划时间，不在其内。',
    en: 'Share of planned busy time (PBT) in which the state is known; time without data is unknown, neither stop nor run. Equipment that is not connected has no planned time here.',
  },
  denominator: {
    zh: '计划负荷时间（PBT，含未知时间）',
    en: 'planned busy time (PBT), unknown time included',
  },
  of: 'machines',
  unit: '1',
  max: 1,
  trend: 'higher-is-better',
  basis: 'telemetry',
  measure(input) {
    const parts = partsOf(input, (machine) => {
      const coverage = machine.figures.find(({ kpi }) => kpi === CARRIER)?.coverage ?? null;
      return { value: coverage, because: coverage === null ? 'no-value' : null };
    });
    const figure = groupFigure(input, CARRIER);
    if (figure === undefined) return nothing('no-machines', parts);
    const { known, busy } = knownTime(figure);
    const value = ratioOf(known, busy);
    const { revision, digest, formulaVersion } = figure;
    return {
      value,
      low: value,
      high: value,
      numerator: known,
      denominator: busy,
      coverage: value,
      notAssessable: false,
      flags: value === null ? ['no-planned-time'] : [],
      proof: { revision, digest, formulaVersion },
      parts,
    };
  },
};
