import type { Entry } from '../../../../../domain/assess/evidence.ts';
import { titleOfFigure } from '../../../../../domain/assess/figure-titles.ts';
import { type Assessed, choosable, indicatorNamed } from '../../assess/assessed.ts';
import { RichTable } from '../../parts/rich-table.tsx';

/** What persons added to the facts, oldest first; of one indicator, or of all. */
export function Entries({ assessed, of }: { assessed: Assessed; of?: string }) {
  const { stored, rubric, voice } = assessed;
  const { words, say, time } = voice;
  const entries = stored.assessment.entries.filter(
    (entry) => of === undefined || (entry.kind !== 'closure' && entry.indicator === of),
  );
  const subjectOf = (entry: Entry): string => {
    if (entry.kind === 'closure') return say(titleOfFigure(entry.figure));
    const indicator = indicatorNamed(rubric, entry.indicator);
    return indicator ? say(indicator.title) : entry.indicator;
  };
  const saidOf = (entry: Entry): string => {
    if (entry.kind === 'closure') return words.closures[entry.verdict];
    if (entry.kind === 'answer-withdrawn') return words.assess.withdrawn;
    const indicator = indicatorNamed(rubric, entry.indicator);
    const option = indicator && choosable(indicator.scoring, voice).find(({ id }) => id === entry.option);
    return option?.text ?? entry.option;
  };
  return (
    <section class="card" id="entries" aria-labelledby="entries-title">
      <h2 id="entries-title">{words.assess.entriesTitle}</h2>
      {entries.length === 0 ? (
        <p class="muted">{words.assess.noEntries}</p>
      ) : (
        <RichTable
          name={words.assess.entriesTitle}
          file={`entries-${stored.id}`}
          rows={entries}
          keyOf={(_entry, index) => index}
          columns={[
            { id: 'subject', title: words.assess.about, text: subjectOf },
            { id: 'said', title: words.assess.verdict, text: saidOf, kind: 'break' },
            { id: 'note', title: words.assess.note, text: ({ note }) => note, kind: 'break' },
            { id: 'by', title: words.assess.who, text: ({ by }) => by, kind: 'break' },
            {
              id: 'at',
              title: words.time,
              text: ({ at }) => new Date(at).toISOString(),
              show: ({ at }) => time(at),
            },
          ]}
        />
      )}
    </section>
  );
}
