import { countRatio, type Kpi } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const scrapRatio: Kpi = {
  id: 'scrap-ratio',
  title: { zh: '废品率', en: 'Scrap ratio' },
  source: 'ISO 22400-2 (GB/T 34044.2-2017), scrap ratio; verified against the published ontology.',
  formula: 'SQ / PQ',
  formulaVersion: 'scrap-ratio/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'lower-is-better',
  timing: ['on-demand', 'periodic', 'real-time'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts: ({ counts }) =>
    countRatio(
      ['rejectPieces', BigInt(counts.reject)],
      ['producedPieces', BigInt(counts.produced)],
      'no-pieces',
    ),
};
