import type { Assessed } from '../../assess/assessed.ts';
import type { Summary } from '../../assess/stored.ts';
import { type Column, RichTable } from '../../parts/rich-table.tsx';
import { Shade } from '../../parts/shade.tsx';
import { pilotAddress } from '../../route.ts';

/** How many of the newest assessments are drawn. */
const DRAWN = 8;

/** The score of each assessment by the same rubric, oldest first, then that of every element. */
export function OverTime({
  assessed: { stored, rubric, voice },
  summaries,
}: {
  readonly assessed: Assessed;
  readonly summaries: readonly Summary[];
}) {
  const { words, say, percent, range, day } = voice;
  const alike = summaries
    .filter((one) => one.rubric === rubric.id)
    .slice(0, DRAWN)
    .toReversed();
  if (alike.length < 2) return <p class="muted">{words.assess.onlyOne}</p>;
  const titleOf = ({ id, to }: Summary): string => `${id} · ${day(to)}`;
  const columns: readonly Column<(typeof rubric.elements)[number]>[] = [
    { id: 'element', title: words.assess.elementOrDomain, text: ({ title }) => say(title) },
    ...alike.map((one): Column<(typeof rubric.elements)[number]> => {
      const scoreOf = (id: string) => one.elements.find((element) => element.id === id)?.score ?? null;
      return {
        id: String(one.id),
        title: titleOf(one),
        text: ({ id }) => scoreOf(id)?.value ?? null,
        show: ({ id }) => <Shade score={scoreOf(id)} />,
      };
    }),
  ];
  return (
    <>
      <ol class="over-time" aria-label={words.assess.overTime}>
        {alike.map((one) => {
          const { id, score, to } = one;
          const said = score
            ? [percent(score.value), range(score.low, score.high, '1')].filter(Boolean).join(', ')
            : words.assess.notApplicable;
          return (
            <li key={id}>
              <a
                href={pilotAddress(stored.assessment.evidence.pilot.id, id, 'history')}
                title={said}
                {...(id === stored.id ? { 'aria-current': 'true' as const } : {})}
              >
                <span class="column" role="img" aria-label={said}>
                  {score ? (
                    <>
                      {score.high > score.low ? (
                        <i
                          class="open"
                          style={{
                            bottom: `${score.low * 100}%`,
                            height: `${(score.high - score.low) * 100}%`,
                          }}
                        />
                      ) : null}
                      <i class="solid" style={{ height: `${(score.value ?? score.low) * 100}%` }} />
                    </>
                  ) : null}
                </span>
                <b>{score ? percent(score.value) : '–'}</b>
                <small>{day(to)}</small>
                <small>№ {id}</small>
              </a>
            </li>
          );
        })}
      </ol>
      <div class="heat-map">
        <RichTable
          name={words.assess.overTime}
          file={`over-time-${stored.assessment.evidence.pilot.id}`}
          rows={rubric.elements}
          keyOf={({ id }) => id}
          columns={columns}
        />
      </div>
    </>
  );
}
