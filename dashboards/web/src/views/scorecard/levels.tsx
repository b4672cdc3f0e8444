import type { LevelResult } from '../../../../../domain/assess/assessment.ts';
import type { Gate, Level } from '../../../../../domain/assess/rubric.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { fill } from '../../i18n/index.ts';
import { Folded } from '../../parts/folded.tsx';
import { PassedBadge, SourceMark } from '../../parts/marks.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';

interface Line {
  readonly level: Level;
  readonly gate: Gate;
  readonly result: LevelResult['levels'][number]['gates'][number] | undefined;
}

/** The gates of every level and what decided each: those that aren't passed first, of the next level before the others. */
export function Levels({ assessed: { stored, rubric, voice } }: { assessed: Assessed }) {
  const { words, say } = voice;
  if (rubric.levels.length === 0) return null;
  const { levels } = stored.assessment.level;
  const resultOf = (id: string) => levels.find(({ level }) => level === id);
  const linesOf = (level: Level): readonly Line[] =>
    level.gates.map((gate) => ({
      level,
      gate,
      result: resultOf(level.id)?.gates.find((one) => one.gate === gate.id),
    }));
  const next = rubric.levels.find(({ id }) => resultOf(id)?.passed !== 'passed')?.id;
  const columns: readonly Column<Line>[] = [
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
    { id: 'level', title: words.assess.level, text: ({ level }) => say(level.title), kind: 'csv' },
    {
      id: 'result',
      title: words.assess.result,
      text: ({ result }) => (result && words.verdicts[result.passed]) || words.assess.notApplicable,
      show: ({ result }) => (result ? <PassedBadge passed={result.passed} /> : words.assess.notApplicable),
    },
    {
      id: 'because',
      title: words.assess.because,
      text: ({ result }) => (result ? say(result.because) : null),
      kind: 'break',
    },
  ];
  const table = (level: Level, what: string, rows: readonly Line[]) => (
    <RichTable
      name={`${say(level.title)}: ${what}`}
      file={`gates-${stored.id}-${level.id}`}
      rows={rows}
      keyOf={({ gate }) => gate.id}
      columns={columns}
    />
  );
  return (
    <section class="card" id="levels" aria-labelledby="levels-title">
      <h2 id="levels-title">{words.assess.levelsTitle}</h2>
      {rubric.levels.map((level) => {
        const [left, passed] = [
          linesOf(level).filter(({ result }) => result?.passed !== 'passed'),
          linesOf(level).filter(({ result }) => result?.passed === 'passed'),
        ];
        const result = resultOf(level.id);
        const missing = fill(words.assess.gatesLeft, { count: left.length });
        return (
          <div key={level.id} class="level">
            <h3>
              {say(level.title)} {result ? <PassedBadge passed={result.passed} /> : NOTHING}
            </h3>
            {left.length === 0 ? null : level.id === next ? (
              table(level, words.assess.levelsTitle, left)
            ) : (
              <Folded summary={missing}>{() => table(level, missing, left)}</Folded>
            )}
            {passed.length > 0 ? (
              <Folded summary={fill(words.assess.passedGates, { count: passed.length })}>
                {() => table(level, fill(words.assess.passedGates, { count: passed.length }), passed)}
              </Folded>
            ) : null}
          </div>
        );
      })}
    </section>
  );
}
