import type { ListedScore } from '../../../../../analysis/assessment/port.ts';
import type { Rubric } from '../../../../../domain/assess/rubric.ts';
import type { Row } from '../../assess/stored.ts';
import { useVoice } from '../../assess/voice.ts';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { Shade } from '../../parts/shade.tsx';
import { pilotAddress } from '../../route.ts';

/** Every element of every pilot as a number on a shade; hatched where evidence is missing. */
export function Heat({ rows, rubric }: { readonly rows: readonly Row[]; readonly rubric: Rubric }) {
  const { words, say } = useVoice();
  const assessed = rows.filter(({ assessment }) => assessment !== null);
  if (assessed.length === 0) return null;
  const scoreOf = ({ assessment }: Row, id: string): ListedScore | null =>
    assessment?.elements.find((one) => one.id === id)?.score ?? null;
  const columns: readonly Column<Row>[] = [
    {
      id: 'name',
      title: words.assess.enterprise,
      text: ({ name }) => name,
      show: ({ pilot, name, assessment }) => (
        <a class="clamp" title={name} href={pilotAddress(pilot, assessment?.id ?? null)}>
          {name}
        </a>
      ),
    },
    ...rubric.elements.map(
      ({ id, title }): Column<Row> => ({
        id,
        title: say(title),
        text: (row) => scoreOf(row, id)?.value ?? null,
        show: (row) => <Shade score={scoreOf(row, id)} />,
      }),
    ),
    {
      id: 'total',
      title: words.assess.score,
      text: ({ assessment }) => assessment?.score?.value ?? null,
      show: ({ assessment }) => <Shade score={assessment?.score ?? null} />,
    },
  ];
  return (
    <section class="card heat-map" aria-labelledby="heat-title">
      <h2 id="heat-title">{words.assess.heatTitle}</h2>
      <p class="muted">{words.assess.heatHint}</p>
      <RichTable
        name={words.assess.heatTitle}
        file={`elements-${rubric.id}`}
        rows={assessed}
        keyOf={({ pilot }) => pilot}
        columns={columns}
      />
    </section>
  );
}
