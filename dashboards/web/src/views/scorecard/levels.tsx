import type { LevelResult } from '../../../../../domain/assess/assessment.ts';
import type { Gate, Level } from '../../../../../domain/assess/rubric.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { PassedBadge, SourceMark } from '../../parts/marks.tsx';
import { RichTable } from '../../parts/rich-table.tsx';

interface Line {
  readonly level: Level;
  readonly gate: Gate;
  readonly result: LevelResult['levels'][number]['gates'][number] | undefined;
}

/** The gates of every level, and what decided each. */
export function Levels({ assessed: { stored, rubric, voice } }: { assessed: Assessed }) {
  const { words, say } = voice;
  if (rubric.levels.length === 0) return null;
  const { levels } = stored.assessment.level;
  const resultOf = (id: string) => levels.find(({ level }) => level === id);
  const lines = rubric.levels.flatMap((level) =>
    level.gates.map(
      (gate): Line => ({
        level,
        gate,
        result: resultOf(level.id)?.gates.find((one) => one.gate === gate.id),
      }),
    ),
  );
  return (
    <section class="card" aria-labelledby="levels-title">
      <h2 id="levels-title">{words.assess.levelsTitle}</h2>
      <ul class="summary">
        {rubric.levels.map((level) => {
          const result = resultOf(level.id);
          return (
            <li key={level.id}>
              {say(level.title)} {result ? <PassedBadge passed={result.passed} /> : NOTHING}
            </li>
          );
        })}
      </ul>
      <RichTable
        name={words.assess.levelsTitle}
        file={`gates-${stored.id}`}
        rows={lines}
        keyOf={({ gate }) => gate.id}
        columns={[
          {
            id: 'gate',
            title: words.assess.gate,
            text: ({ gate }) => say(gate.title),
            show: ({ gate }) => (
              <>
                {say(gate.title)} <SourceMark source={gate.source} />
              </>
            ),
          },
          { id: 'level', title: words.assess.level, text: ({ level }) => say(level.title) },
          {
            id: 'result',
            title: words.assess.result,
            text: ({ result }) => (result && words.verdicts[result.passed]) || words.assess.notApplicable,
            show: ({ result }) =>
              result ? <PassedBadge passed={result.passed} /> : words.assess.notApplicable,
          },
          {
            id: 'because',
            title: words.assess.because,
            text: ({ result }) => (result ? say(result.because) : null),
            kind: 'break',
          },
        ]}
      />
    </section>
  );
}
