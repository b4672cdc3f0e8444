import { query } from '../../api.ts';
import { type Assessed, indicatorNamed } from '../../assess/assessed.ts';
import type { Difference } from '../../assess/stored.ts';
import { fill } from '../../i18n/index.ts';
import { Failure, Loading } from '../../parts/notice.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { useAsked } from '../../use-asked.ts';

/** Why this assessment came out differently than another one. */
export function Differences({
  assessed: { stored, rubric, voice },
  other,
}: {
  assessed: Assessed;
  other: number;
}) {
  const { words, say } = voice;
  const asked = useAsked<{ differences: readonly Difference[] }>(
    `/assessments/${other}/difference${query({ with: stored.id })}`,
  );
  if (!asked.answer) return asked.error ? <Failure error={asked.error} again={asked.again} /> : <Loading />;
  const { differences } = asked.answer;
  const title = fill(words.assess.differenceTitle, { before: other, after: stored.id });
  const titleOf = (id: string): string => {
    const indicator = indicatorNamed(rubric, id);
    return indicator ? `${say(indicator.title)} (${id})` : id;
  };
  return (
    <section aria-label={title}>
      <h4>{title}</h4>
      {differences.length === 0 ? (
        <p>{words.assess.noDifference}</p>
      ) : (
        <RichTable
          name={title}
          file={`difference-${other}-${stored.id}`}
          rows={differences}
          keyOf={({ indicator }) => indicator}
          columns={[
            { id: 'indicator', title: words.assess.indicator, text: ({ indicator }) => titleOf(indicator) },
            { id: 'change', title: words.assess.change, text: ({ change }) => words.changes[change] },
            {
              id: 'score',
              title: words.assess.gainScore,
              text: ({ score }) => score?.value ?? null,
              show: ({ score }) => voice.difference(score?.value ?? null, '1'),
              kind: 'number',
            },
            { id: 'detail', title: words.detail, text: ({ detail }) => say(detail), kind: 'break' },
          ]}
        />
      )}
    </section>
  );
}
