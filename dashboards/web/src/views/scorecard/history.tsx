import { useState } from 'preact/hooks';
import type { Assessed } from '../../assess/assessed.ts';
import type { Summary } from '../../assess/stored.ts';
import { RichTable } from '../../parts/rich-table.tsx';
import { pilotAddress } from '../../route.ts';
import { Differences } from './differences.tsx';
import { OverTime } from './over-time.tsx';

/** The pilot's assessments over time: by this rubric as a chart and by element, all of them as a list to compare with. */
export function History({ assessed, summaries }: { assessed: Assessed; summaries: readonly Summary[] }) {
  const { stored, voice } = assessed;
  const { words, percent, range, day } = voice;
  const [other, compare] = useState<number | null>(null);
  const pilot = stored.assessment.evidence.pilot.id;
  return (
    <section class="card" id="history" aria-labelledby="history-title">
      <h2 id="history-title">{words.assess.historyTitle}</h2>
      <OverTime assessed={assessed} summaries={summaries} />
      <h3>{words.assess.assessmentsTitle}</h3>
      <RichTable
        name={words.assess.assessmentsTitle}
        file={`assessments-${pilot}`}
        rows={summaries}
        keyOf={({ id }) => id}
        columns={[
          {
            id: 'id',
            title: words.assess.number,
            text: ({ id }) => id,
            show: ({ id }) =>
              id === stored.id ? (
                <b>{`${id} · ${words.assess.thisOne}`}</b>
              ) : (
                <a href={pilotAddress(pilot, id)}>{id}</a>
              ),
          },
          {
            id: 'rubric',
            title: words.assess.rubric,
            text: ({ rubric, rubricVersion }) => `${rubric} · ${rubricVersion}`,
          },
          {
            id: 'period',
            title: words.assess.period,
            text: ({ from, to }) => `${from} ~ ${to}`,
            show: ({ from, to }) => `${day(from)} ~ ${day(to)}`,
          },
          {
            id: 'at',
            title: words.assess.assessedAt,
            text: ({ createdAt }) => createdAt,
            show: ({ createdAt }) => day(createdAt),
          },
          {
            id: 'score',
            title: words.assess.score,
            text: ({ score }) => score?.value ?? null,
            show: ({ score }) =>
              score ? (
                <>
                  {percent(score.value)}
                  <small class="muted block">{range(score.low, score.high, '1')}</small>
                </>
              ) : (
                words.assess.notApplicable
              ),
            kind: 'number',
          },
          {
            id: 'state',
            title: words.assess.state,
            text: ({ publishedAt }) => (publishedAt ? words.assess.published : words.assess.draft),
          },
          {
            id: 'difference',
            title: words.assess.difference,
            text: () => null,
            show: ({ id }) =>
              id === stored.id ? null : (
                <button type="button" class="small" onClick={() => compare(id)}>
                  {words.assess.compare}
                </button>
              ),
          },
        ]}
      />
      {other === null ? null : <Differences key={other} assessed={assessed} other={other} />}
    </section>
  );
}
