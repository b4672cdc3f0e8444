import { countRatio, type Kpi } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const energyPerPiece: Kpi = {
  id: 'energy-per-piece',
  title: { zh: '单件综合能耗', en: 'Comprehensive energy consumption' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), comprehensive energy consumption; verified against the published ontology. The energy of planned busy time, of one meter in watt-hours, over the pieces made in it.',
  formula: 'E / PQ',
  formulaVersion: 'energy-per-piece/1',
  unit: 'Wh/piece',
  range: { min: 0, max: null },
  trend: 'lower-is-better',
  timing: ['on-demand', 'periodic'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts({ counts, energyWh, flags }) {
    const produced = BigInt(counts.produced);
    const inputs = { producedPieces: produced };
    if (!energyWh) return { kind: 'missing', flag: 'no-energy-meter', inputs };
    if (flags.includes('no-count')) return { kind: 'missing', flag: 'no-pieces', inputs };
    return countRatio(['energyWh', BigInt(energyWh.planned)], ['producedPieces', produced], 'no-pieces');
  },
};
