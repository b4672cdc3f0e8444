import type { BenefitResult, BenefitSide } from '../../../../../domain/assess/assessment.ts';
import { benefitNamed } from '../../../../../domain/assess/benefits/index.ts';
import { titleOfFigure } from '../../../../../domain/assess/figure-titles.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { SourceMark } from '../../parts/marks.tsx';
import { type Column, RichTable } from '../../parts/rich-table.tsx';

/** The state before the project against the present one. */
export function Benefits({ assessed: { stored, voice } }: { assessed: Assessed }) {
  const { words, say, value, percent } = voice;
  const { benefits } = stored.assessment;
  if (benefits.length === 0) return null;
  const sourceOf = ({ benefit }: BenefitResult) => {
    const known = benefitNamed(benefit);
    return known && { text: known.source, verification: known.verification };
  };
  const side = (id: 'baseline' | 'current'): Column<BenefitResult> => {
    const textOf = (one: BenefitSide): string => value(one.value, one.unit);
    return {
      id,
      title: words.assess[id],
      text: (one) => {
        const given = one[id];
        return given && `${textOf(given)} (${words.bases[given.basis]})`;
      },
      show: (one) => {
        const given = one[id];
        if (!given) return NOTHING;
        return (
          <>
            {textOf(given)}
            <small class="muted block break">
              {words.bases[given.basis]}
              {given.document ? ` · ${given.document}` : ''}
            </small>
          </>
        );
      },
    };
  };
  return (
    <section class="card" id="benefits" aria-labelledby="benefits-title">
      <h2 id="benefits-title">{words.assess.benefitsTitle}</h2>
      <RichTable
        name={words.assess.benefitsTitle}
        file={`benefits-${stored.id}`}
        rows={benefits}
        keyOf={({ benefit }) => benefit}
        columns={[
          {
            id: 'benefit',
            title: words.assess.benefit,
            text: ({ benefit }) => say(titleOfFigure(benefit)),
            show: (one) => {
              const source = sourceOf(one);
              return (
                <>
                  {say(titleOfFigure(one.benefit))} {source ? <SourceMark source={source} /> : null}
                </>
              );
            },
          },
          side('baseline'),
          side('current'),
          { id: 'gain', title: words.assess.gain, text: ({ gain }) => percent(gain), kind: 'number' },
          {
            id: 'because',
            title: words.detail,
            text: ({ because }) => because && say(because),
            kind: 'break',
          },
        ]}
      />
    </section>
  );
}
