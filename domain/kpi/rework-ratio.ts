import { countRatio, type Kpi } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const reworkRatio: Kpi = {
  id: 'rework-ratio',
  title: { zh: '返工率', en: 'Rework ratio' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), rework ratio; verified against the published ontology. Reworked pieces are part of the good ones.',
  formula: 'RQ / PQ',
  formulaVersion: 'rework-ratio/1',
  unit: '1',
  range: { min: 0, max: 1 },
  trend: 'lower-is-better',
  timing: ['on-demand', 'periodic'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts({ counts, quality }) {
    const produced = BigInt(counts.produced);
    return quality.rework === null
      ? { kind: 'missing', flag: 'no-rework-count', inputs: { producedPieces: produced } }
      : countRatio(['reworkPieces', BigInt(quality.rework)], ['producedPieces', produced], 'no-pieces');
  },
};
