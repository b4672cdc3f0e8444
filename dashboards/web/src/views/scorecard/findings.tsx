import type { Finding } from '../../../../../domain/assess/assessment.ts';
import { referenceName } from '../../../../../domain/assess/reference-name.ts';
import { type Indicator, indicatorsOf, type RubricDomain } from '../../../../../domain/assess/rubric.ts';
import { termsOf } from '../../../../../domain/assess/terms.ts';
import { type Assessed, choosable, findingOf } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { AnswerForm } from '../../parts/answer-form.tsx';
import { Folded } from '../../parts/folded.tsx';
import { SourceMark } from '../../parts/marks.tsx';
import { OutcomeWords, pointsText } from '../../parts/outcome.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { indicatorAddress } from '../../route.ts';

interface Line {
  readonly domain: RubricDomain;
  readonly indicator: Indicator;
  readonly finding: Finding;
}

/** What came out for each indicator, with the figures beside it; each leads to its evidence. */
export function Findings({ assessed }: { assessed: Assessed }) {
  const { stored, rubric, voice } = assessed;
  const { words, say, value } = voice;
  const pilot = stored.assessment.evidence.pilot.id;
  const lines = [...indicatorsOf(rubric)].flatMap(({ domain, indicator }): Line[] => {
    const finding = findingOf(stored, indicator.id);
    return finding ? [{ domain, indicator, finding }] : [];
  });
  const answerOf = ({ indicator, finding }: Line): string => {
    if (finding.outcome !== 'scored') return '';
    return (
      choosable(indicator.scoring, voice).find(({ id }) => id === finding.option)?.text ?? finding.option
    );
  };
  return (
    <section class="card" id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">{words.assess.findingsTitle}</h2>
      <RichTable
        name={words.assess.findingsTitle}
        file={`findings-${stored.id}`}
        rows={lines}
        keyOf={({ indicator }) => indicator.id}
        columns={[
          {
            id: 'indicator',
            title: words.assess.indicator,
            text: ({ indicator }) => say(indicator.title),
            show: ({ indicator }) => (
              <>
                <a href={indicatorAddress(pilot, indicator.id, stored.id)}>{say(indicator.title)}</a>{' '}
                <small class="muted">{indicator.id}</small> <SourceMark source={indicator.source} />
              </>
            ),
          },
          { id: 'id', title: 'id', text: ({ indicator }) => indicator.id, kind: 'csv' },
          { id: 'domain', title: words.assess.domain, text: ({ domain }) => say(domain.title) },
          {
            id: 'outcome',
            title: words.assess.outcome,
            text: ({ finding }) => words.outcomes[finding.outcome],
            show: ({ indicator, finding }) => (
              <>
                <OutcomeWords assessed={assessed} indicator={indicator} finding={finding} />
                {stored.publishedAt === null && finding.outcome !== 'not-applicable' ? (
                  <Folded summary={words.assess.judge}>
                    {(fold) => <AnswerForm assessed={assessed} indicator={indicator} done={fold} />}
                  </Folded>
                ) : null}
              </>
            ),
            kind: 'break',
          },
          { id: 'answer', title: words.assess.answer, text: answerOf, kind: 'csv' },
          {
            id: 'points',
            title: words.assess.points,
            text: ({ finding }) => pointsText(assessed, finding),
            kind: 'number',
          },
          {
            id: 'evidence',
            title: words.assess.evidence,
            text: ({ finding }) =>
              finding.evidence
                .map(
                  ({ what, measured }) =>
                    `${say(referenceName(what))} ${value(measured.value, termsOf(what).unit)}`,
                )
                .join('; ') || null,
            show: ({ finding }) =>
              finding.evidence.length === 0 ? (
                NOTHING
              ) : (
                <ul class="plain">
                  {finding.evidence.map(({ what, measured }, index) => {
                    const terms = termsOf(what);
                    return (
                      <li key={index}>
                        {say(referenceName(what))}{' '}
                        <b>{measured.notAssessable ? NOTHING : value(measured.value, terms.unit)}</b>{' '}
                        <small class="muted">{voice.range(measured.low, measured.high, terms.unit)}</small>{' '}
                        <SourceMark source={terms.source} />
                        {measured.notAssessable ? (
                          <small class="warning block">{words.notAssessable}</small>
                        ) : null}
                      </li>
                    );
                  })}
                </ul>
              ),
            kind: 'break',
          },
        ]}
      />
    </section>
  );
}
