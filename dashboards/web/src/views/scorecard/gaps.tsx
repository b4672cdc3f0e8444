import type { Gap } from '../../../../../domain/assess/assessment.ts';
import { doubleOf } from '../../../../../domain/assess/fraction.ts';
import { termsOf } from '../../../../../domain/assess/terms.ts';
import { type Assessed, choosable, indicatorNamed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { Folded } from '../../parts/folded.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { indicatorAddress, machineSpanAddress } from '../../route.ts';

/** What would lift the pilot to its next level, and the machines to begin with. */
export function Gaps({ assessed }: { assessed: Assessed }) {
  const { stored, rubric, voice } = assessed;
  const { words, say, points, difference } = voice;
  const { gaps, evidence, period } = stored.assessment;
  if (gaps.length === 0) return null;
  const gates = new Map(rubric.levels.flatMap((level) => level.gates.map((gate) => [gate.id, gate])));
  const machines = new Map(
    evidence.pilot.equipment.flatMap((one) => [
      [one.id, one],
      [one.machine ?? one.id, one],
    ]),
  );
  const titleOf = (gap: Gap): string => {
    const indicator = gap.indicator === null ? undefined : indicatorNamed(rubric, gap.indicator);
    if (indicator) return say(indicator.title);
    return gap.gates
      .flatMap((id) => gates.get(id)?.title ?? [])
      .map(say)
      .join('; ');
  };
  const neededOf = ({ indicator: id, gates: hanging, needed }: Gap): string => {
    const indicator = id === null ? undefined : indicatorNamed(rubric, id);
    if (needed.option !== null) {
      const option = indicator && choosable(indicator.scoring, voice).find((one) => one.id === needed.option);
      return option?.text ?? needed.option;
    }
    if (needed.value === null) return NOTHING;
    const gate = gates.get(hanging[0] ?? '');
    const what =
      indicator?.scoring.kind === 'bands'
        ? indicator.scoring.what
        : gate?.kind === 'measure'
          ? gate.condition.what
          : undefined;
    return voice.value(needed.value, what ? termsOf(what).unit : '1');
  };
  const machineLink = (id: string) => {
    const one = machines.get(id);
    const path = one ? one.machine : id;
    const name = one && one.name !== one.id ? `${one.name} (${one.id})` : id;
    return path === null ? name : <a href={machineSpanAddress(path, period)}>{name}</a>;
  };
  return (
    <section class="card" aria-labelledby="gaps-title">
      <h2 id="gaps-title">{words.assess.gapsTitle}</h2>
      <RichTable
        name={words.assess.gapsTitle}
        file={`gaps-${stored.id}`}
        rows={gaps}
        keyOf={(gap, index) => gap.indicator ?? index}
        columns={[
          {
            id: 'indicator',
            title: words.assess.indicator,
            text: titleOf,
            show: (gap) =>
              gap.indicator === null ? (
                titleOf(gap)
              ) : (
                <a href={indicatorAddress(evidence.pilot.id, gap.indicator, stored.id)}>{titleOf(gap)}</a>
              ),
          },
          { id: 'needed', title: words.assess.needed, text: neededOf, kind: 'break' },
          { id: 'points', title: words.assess.gainPoints, text: (gap) => points(gap.points), kind: 'number' },
          {
            id: 'score',
            title: words.assess.gainScore,
            text: (gap) => difference(doubleOf(gap.score), '1'),
            kind: 'number',
          },
          {
            id: 'machines',
            title: words.assess.beginWith,
            text: (gap) => gap.machines.map((id) => machines.get(id)?.name ?? id).join('; ') || null,
            show: ({ machines: first }) =>
              first.length === 0 ? (
                NOTHING
              ) : (
                <>
                  {machineLink(first[0] as string)}
                  {first.length > 1 ? (
                    <Folded summary={`+${first.length - 1}`}>
                      {() => (
                        <ul class="plain">
                          {first.slice(1).map((id) => (
                            <li key={id}>{machineLink(id)}</li>
                          ))}
                        </ul>
                      )}
                    </Folded>
                  ) : null}
                </>
              ),
            kind: 'break',
          },
          {
            id: 'remedy',
            title: words.assess.remedy,
            text: ({ remediation }) => say(remediation),
            kind: 'break',
          },
        ]}
      />
    </section>
  );
}
