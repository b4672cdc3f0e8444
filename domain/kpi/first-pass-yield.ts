import { countRatio, type Kpi } from '../formula.ts';
import { CLAUSE_OF_KPIS } from '../iso-22400.ts';

export const firstPassYield: Kpi = {
  id: 'first-pass-yield',
  title: { zh: '一次合格率', en: 'First pass yield' },
  source:
    'ISO 22400-2 (GB/T 34044.2-2017), first pass yield; verified against the published ontology. Good parts of the first pass are the good pieces that were not reworked (GP = GQ − RQ); where nothing else is told, every piece is inspected (IP = PQ).',
  formula: 'GP / IP',
  formulaVersion: 'first-pass-yield/1',
  unit: '1',
  range: { min: null, max: 1 },
  trend: 'higher-is-better',
  timing: ['on-demand', 'periodic'],
  clause: CLAUSE_OF_KPIS,
  verification: 'verified',
  additive: true,
  parts({ counts, quality }) {
    const [goodPieces, inspectedPieces] = [BigInt(counts.good), BigInt(quality.inspected)];
    if (quality.rework === null)
      return { kind: 'missing', flag: 'no-rework-count', inputs: { goodPieces, inspectedPieces } };
    const reworkPieces = BigInt(quality.rework);
    const firstPass = goodPieces - reworkPieces;
    const ratio = countRatio(
      ['firstPassPieces', firstPass],
      ['inspectedPieces', inspectedPieces],
      'no-pieces',
    );
    return { ...ratio, inputs: { goodPieces, reworkPieces, inspectedPieces } };
  },
};
