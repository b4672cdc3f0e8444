import type { Evidence } from '../evidence.ts';
import { type Fraction, fraction } from '../fraction.ts';
import { GROUP_NAMES } from '../groups.ts';
import type { Measure, Measured, MeasuredPart } from '../measure.ts';
import { measureOf } from '../measure-of.ts';
import type { Bilingual, Equipment } from '../register.ts';
import { GROUPS, type RegisterRatio } from '../rubric.ts';

/** What a figure would be over other things than the definition asks for. */
export interface OtherDenominator {
  readonly name: Bilingual;
  readonly value: Fraction;
}

/** The value of a measured ratio, exact; `null` where it has none. */
export const exactOf = ({ value, numerator, denominator }: Measured): Fraction | null =>
  value === null || numerator === null || denominator === null ? null : fraction(numerator, denominator);

/** The denominators that documents use in place of the defined one, where they give a value. */
export function otherDenominators(
  measure: Measure,
  measured: Measured,
  evidence: Evidence,
): OtherDenominator[] {
  const others =
    measure.of === 'processes'
      ? overOtherThings(evidence)
      : [
          ...overGroups(measure, measure.of, evidence),
          ...(measure.of === 'equipment' ? overSomeEquipment(measured.parts, evidence) : []),
        ];
  return others.flatMap(({ name, value }) => (value === null ? [] : [{ name, value }]));
}

interface Maybe {
  readonly name: Bilingual;
  readonly value: Fraction | null;
}

const overGroups = (measure: Measure, of: 'equipment' | 'machines', evidence: Evidence): Maybe[] =>
  GROUPS.filter((group) => group !== 'registered').map((group) => ({
    name: GROUP_NAMES[of][group],
    value: exactOf(measureOf({ measure: measure.id, group, window: 'period' }, evidence)),
  }));

/** The same count over connected equipment alone, and over digital equipment (as GB/T 23020 is said to ask). */
function overSomeEquipment(parts: readonly MeasuredPart[], { pilot }: Evidence): Maybe[] {
  const digital = new Set(
    pilot.equipment.filter((equipment: Equipment) => equipment.digital).map(({ id }) => id),
  );
  return [
    {
      name: { zh: '仅已接入平台的设备', en: 'connected equipment alone' },
      value: shareOf(parts.filter(({ machine }) => machine !== null)),
    },
    {
      name: { zh: '仅数字化设备', en: 'digital equipment alone' },
      value: shareOf(parts.filter(({ id }) => digital.has(id))),
    },
  ];
}

function shareOf(parts: readonly MeasuredPart[]): Fraction | null {
  const known = parts.filter(({ counts }) => counts !== null).length;
  if (known === 0) return null;
  return fraction(BigInt(parts.filter(({ counts }) => counts === true).length), BigInt(known));
}

/** Of processes: all of them instead of the key ones, and machines counted in the place of processes. */
function overOtherThings(evidence: Evidence): Maybe[] {
  const where = ['numericallyControlled'] as const;
  const ratio = (register: RegisterRatio) => exactOf(measureOf({ register }, evidence));
  return [
    {
      name: { zh: '全部工序', en: 'all processes' },
      value: ratio({ count: 'processes', where, of: [] }),
    },
    {
      name: { zh: '设备台数（全部登记设备）', en: 'machines instead of processes, all registered' },
      value: ratio({ count: 'equipment', where, of: [] }),
    },
    {
      name: { zh: '设备台数（关键设备）', en: 'machines instead of processes, key ones' },
      value: ratio({ count: 'equipment', where, of: ['key'] }),
    },
  ];
}
