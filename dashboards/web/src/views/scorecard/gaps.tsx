import type { Gap } from '../../../../../domain/assess/assessment.ts';
import { doubleOf } from '../../../../../domain/assess/fraction.ts';
import { leastEffortFirst, neededOf } from '../../../../../domain/assess/needed.ts';
import { type Assessed, indicatorNamed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { fill } from '../../i18n/index.ts';
import { Folded } from '../../parts/folded.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
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
  const neededText = (gap: Gap): string => {
    const needed = neededOf(gap, rubric);
    if (needed === null) return NOTHING;
    if (needed.kind === 'value') return voice.value(needed.value, needed.unit);
    return `${needed.option.id} ${say(needed.option.text)}`;
  };
  const machineLink = (id: string) => {
    const one = machines.get(id);
    const path = one ? one.machine : id;
    const name = one && one.name !== one.id ? `${one.name} (${one.id})` : id;
    return path === null ? name : <a href={machineSpanAddress(path, period)}>{name}</a>;
  };
  const columns: readonly Column<Gap>[] = [
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
    { id: 'needed', title: words.assess.needed, text: neededText, kind: 'break' },
    {
      id: 'enough',
      title: words.assess.enough,
      text: ({ enoughAlone }) => words.assess[enoughAlone ? 'enoughAlone' : 'bestPossible'],
    },
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
  ];
  const all = leastEffortFirst(gaps);
  const [plan, others] = [all.filter(({ step }) => step !== null), all.filter(({ step }) => step === null)];
  const table = (name: string, file: string, rows: readonly Gap[]) => (
    <RichTable
      name={name}
      file={`${file}-${stored.id}`}
      rows={rows}
      keyOf={(gap, index) => gap.indicator ?? index}
      columns={columns}
    />
  );
  return (
    <section class="card" id="gaps" aria-labelledby="gaps-title">
      <h2 id="gaps-title">{words.assess.gapsTitle}</h2>
      <p class="muted">{words.assess.planHint}</p>
      {table(words.assess.gapsTitle, 'gaps', plan)}
      {others.length > 0 ? (
        <Folded summary={fill(words.assess.otherWays, { count: others.length })}>
          {() => table(words.assess.otherWaysTitle, 'other-gaps', others)}
        </Folded>
      ) : null}
    </section>
  );
}
