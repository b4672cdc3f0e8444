import type { Finding, Gap, LevelResult } from '../assessment.ts';
import type { Answer } from '../findings/reading.ts';
import { compareFractions, type Fraction, minus, over, times, ZERO } from '../fraction.ts';
import { type Gate, type Indicator, indicatorsOf } from '../rubric.ts';
import { sharesOf } from '../scores/shares.ts';
import { isNothing } from '../scores/weights.ts';
import type { Standing } from './gates.ts';
import { type Need, needsOf } from './needs.ts';
import { keyOf, smallestPlan } from './plan.ts';

/** What would lift the plant to the next level, the largest gain of the total score first; none where all are passed. */
export function gapsOf(standing: Standing, { levels }: LevelResult): Gap[] {
  const next = levels.find(({ passed }) => passed !== 'passed');
  const level = standing.rubric.levels.find(({ id }) => id === next?.level);
  if (!next || !level) return [];
  const open = level.gates.filter((_gate, index) => next.gates[index]?.passed !== 'passed');
  const needed = open.flatMap((gate) => needsOf(gate, standing));
  const needs = merged(needed);
  const plan = smallestPlan(open, needed, standing);
  const shares = sharesOf(standing.rubric, standing.findings);
  const indicators = [...indicatorsOf(standing.rubric)].map(({ indicator }) => indicator);
  const place = (gap: Gap) => indicators.findIndex(({ id }) => id === gap.indicator);
  return needs
    .map((need) => gapOf(need, { indicators, findings: standing.findings, shares, gates: level.gates, plan }))
    .sort(
      (a, b) =>
        compareFractions(b.score, a.score) || compareFractions(b.points, a.points) || place(a) - place(b),
    );
}

/** A need with every gate that it serves. */
type Merged = Omit<Need, 'gate' | 'serves' | 'brings'> & {
  readonly key: string;
  readonly gates: readonly string[];
};

/** Several gates may need one indicator: then the highest answer is enough for all. */
function merged(needs: readonly Need[]): Merged[] {
  const found = new Map<string, Merged>();
  for (const { gate, serves: _serves, brings: _brings, ...need } of needs) {
    const key = keyOf({ ...need, gate });
    const before = found.get(key);
    const higher =
      before && compareFractions(before.answer?.points ?? ZERO, need.answer?.points ?? ZERO) >= 0
        ? before
        : need;
    found.set(key, {
      ...higher,
      key,
      enoughAlone: need.enoughAlone && (before?.enoughAlone ?? true),
      gates: [...new Set([...(before?.gates ?? []), gate])],
      machines: [...new Set([...(before?.machines ?? []), ...need.machines])],
    });
  }
  return [...found.values()];
}

function gapOf(
  need: Merged,
  {
    indicators,
    findings,
    shares,
    gates,
    plan,
  }: {
    readonly indicators: readonly Indicator[];
    readonly findings: readonly Finding[];
    readonly shares: ReadonlyMap<string, Fraction>;
    readonly gates: readonly Gate[];
    readonly plan: readonly string[];
  },
): Gap {
  const { indicator: id, answer, value, machines } = need;
  const indicator = indicators.find((candidate) => candidate.id === id);
  const gate = gates.find((candidate) => candidate.id === need.gates[0]);
  const finding = findings.find((candidate) => candidate.indicator === id);
  const now = finding?.outcome === 'scored' ? finding.points : ZERO;
  const gained = answer && compareFractions(answer.points, now) > 0 ? minus(answer.points, now) : ZERO;
  const highest = finding && finding.outcome !== 'not-applicable' ? finding.highest : ZERO;
  const share = (id !== null && shares.get(id)) || ZERO;
  const step = plan.indexOf(need.key);
  return {
    indicator: id,
    gates: need.gates,
    enoughAlone: need.enoughAlone,
    step: step === -1 ? null : step + 1,
    // A question's need is always an answer.
    needed: { option: indicator?.scoring.kind === 'options' ? (answer as Answer).option : null, value },
    points: gained,
    score: isNothing(highest) ? ZERO : times(share, over(gained, highest)),
    machines,
    remediation: indicator?.remediation ?? (gate as Gate).title,
  };
}
