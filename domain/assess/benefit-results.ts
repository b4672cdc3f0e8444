import { ratioOf } from '../ratio.ts';
import type { BenefitResult, BenefitSide } from './assessment.ts';
import type { Benefit } from './benefit.ts';
import { NOT_GAINED } from './benefit-reasons.ts';
import { benefits } from './benefits/index.ts';
import { declaredOf } from './declared/newest.ts';
import type { Evidence } from './evidence.ts';
import { decimalFraction, type Fraction, fraction, minus, over } from './fraction.ts';
import type { Measured } from './measure.ts';
import type { DeclaredFigure } from './register.ts';
import { windowOf } from './windows.ts';

/** Every benefit of a pilot, in the catalogue's order: the baseline is declared, the present measured where it can be. */
export const benefitResults = (evidence: Evidence): BenefitResult[] =>
  benefits.map((benefit) => benefitResult(benefit, evidence));

/** A side with its exact value. */
type Side = BenefitSide & { readonly exact: Fraction };

function benefitResult(benefit: Benefit, evidence: Evidence): BenefitResult {
  const window = windowOf(evidence, 'period');
  const measured = (window && benefit.measured?.measure(window)) ?? null;
  const baseline = declaredSide(benefit, declaredOf(evidence.pilot, benefit.id, 'baseline'));
  const declared = declaredSide(benefit, declaredOf(evidence.pilot, benefit.id, 'current'));
  const heard = benefit.measured && measured && measuredSide(benefit.measured.unit, measured);
  const current = chosen({ baseline, heard, declared });
  const made = gainOf({ benefit, baseline, current });
  const because = made.because ?? (current === declared ? whyDeclared(heard, measured) : null);
  return {
    benefit: benefit.id,
    baseline: baseline && shown(baseline),
    current: current && shown(current),
    measured,
    gain: made.gain,
    because,
  };
}

/** What is measured goes before what is declared, where it can be compared with the baseline. */
function chosen(sides: {
  readonly baseline: Side | null;
  readonly heard: Side | null;
  readonly declared: Side | null;
}) {
  const { baseline, heard, declared } = sides;
  if (heard === null || declared === null || baseline === null) return heard ?? declared;
  return heard.unit === baseline.unit ? heard : declared;
}

const shown = ({ value, unit, basis, document }: Side): BenefitSide => ({ value, unit, basis, document });

function declaredSide({ measured }: Benefit, figure: DeclaredFigure | undefined): Side | null {
  if (figure === undefined) return null;
  const { value, document } = figure;
  const unit = measured?.alsoWritten.includes(figure.unit) ? measured.unit : figure.unit;
  return { value, unit, basis: 'declared', document, exact: decimalFraction(value) };
}

function measuredSide(unit: string, { value, numerator, denominator, notAssessable }: Measured): Side | null {
  if (value === null || notAssessable) return null;
  const exact = fraction(numerator as bigint, denominator as bigint);
  return { value, unit, basis: 'measured', document: null, exact };
}

function whyDeclared(heard: Side | null, measured: Measured | null): BenefitResult['because'] {
  if (heard !== null) return NOT_GAINED.measuredInOtherUnit(heard.unit);
  if (measured?.notAssessable) return NOT_GAINED.notAssessable(measured.coverage);
  return null;
}

function gainOf(of: {
  readonly benefit: Benefit;
  readonly baseline: Side | null;
  readonly current: Side | null;
}): Pick<BenefitResult, 'gain' | 'because'> {
  const { benefit, baseline, current } = of;
  const none = (because: BenefitResult['because']) => ({ gain: null, because });
  if (baseline === null) return none(NOT_GAINED.noBaseline());
  if (current === null) return none(NOT_GAINED.noCurrent());
  if (baseline.unit !== current.unit) return none(NOT_GAINED.otherUnit(baseline.unit, current.unit));
  const max =
    benefit.measured !== null && benefit.measured.unit === baseline.unit ? benefit.measured.max : null;
  const wrong = [baseline, current].find(({ value }) => value < 0 || (max !== null && value > max));
  if (wrong !== undefined) return none(NOT_GAINED.outOfRange(wrong.value));
  if (baseline.value === 0) return none(NOT_GAINED.zeroBaseline());
  const rise = over(minus(current.exact, baseline.exact), baseline.exact);
  const sign = benefit.trend === 'higher-is-better' ? 1n : -1n;
  return { gain: ratioOf(sign * rise.numerator, rise.denominator), because: null };
}
