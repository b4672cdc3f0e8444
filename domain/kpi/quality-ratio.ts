import { countRatio, type Kpi } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const qualityRatio: Kpi = {
  id: 'quality-ratio',
  title: { zh: '合格率', en: 'Quality ratio' },
  source: 'ISO 22400-2 (GB/T 34044.2-2017), quality ratio; verified against the published ontology.',
  formula: 'GQ / PQ',
  formulaVersion: 'quality-ratio/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ counts }) =>
    countRatio(['goodPieces', BigInt(counts.good)], ['producedPieces', BigInt(counts.produced)], 'no-pieces'),
};
