import { memo } from 'preact/compat';
import { useEffect } from 'preact/hooks';
import { query } from '../api.ts';
import { type Assessed, findingOf, indicatorNamed } from '../assess/assessed.ts';
import { type Summary, useAssessment } from '../assess/stored.ts';
import { beginTrail } from '../assess/trail.tsx';
import { useVoice } from '../assess/voice.ts';
import { AnswerForm } from '../parts/answer-form.tsx';
import { SimulatedMark, SourceMark, SourceText } from '../parts/marks.tsx';
import { Failure, Loading, Notice } from '../parts/notice.tsx';
import { OutcomeWords, pointsText } from '../parts/outcome.tsx';
import { pilotAddress, programmeAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { Answers } from './indicator/answers.tsx';
import { MeasuredValue } from './indicator/measured.tsx';
import { Entries } from './scorecard/entries.tsx';

/** One indicator of an assessment: the question, what came out, and everything that speaks for it. */
export const IndicatorView = memo(
  ({
    pilot,
    indicator,
    assessment: asked,
  }: {
    pilot: string;
    indicator: string;
    assessment: number | null;
  }) => {
    const list = useAsked<{ assessments: readonly Summary[] }>(
      asked === null ? `/assessments${query({ pilot })}` : null,
    );
    const id = asked ?? list.answer?.assessments[0]?.id ?? null;
    const { stored, rubric } = useAssessment(id);
    const voice = useVoice(stored.answer?.assessment.evidence.zone);
    const { words } = voice;
    const failed = [list, stored, rubric].find(({ error }) => error !== undefined);
    if (list.answer && id === null) {
      return (
        <Notice title={words.assess.notAssessedYet}>
          <a href={pilotAddress(pilot)}>{words.assess.backToPilot}</a>
        </Notice>
      );
    }
    if (!stored.answer || !rubric.answer) {
      return failed?.error ? <Failure error={failed.error} again={failed.again} /> : <Loading />;
    }
    const assessed: Assessed = { stored: stored.answer, rubric: rubric.answer, voice, again: stored.again };
    return <Evidence assessed={assessed} pilot={pilot} indicator={indicator} />;
  },
);

function Evidence({
  assessed,
  pilot: asked,
  indicator: id,
}: {
  readonly assessed: Assessed;
  readonly pilot: string;
  readonly indicator: string;
}) {
  const { stored, rubric, voice } = assessed;
  const { words, say, time } = voice;
  const { evidence, period } = stored.assessment;
  const { pilot } = evidence;
  const indicator = indicatorNamed(rubric, id);
  const finding = findingOf(stored, id);
  const title = indicator ? say(indicator.title) : id;
  useEffect(() => {
    const names = { pilot: pilot.enterprise.name, indicator: title };
    beginTrail({ pilot: pilot.id, indicator: id, assessment: stored.id, names });
  }, [pilot, id, stored.id, title]);
  if (pilot.id !== asked) return <p class="warning">{words.assess.ofAnotherPilot}</p>;
  if (!indicator || !finding) {
    return (
      <Notice title={words.assess.noIndicator}>
        <p>{id}</p>
        <a href={pilotAddress(pilot.id, stored.id)}>{words.assess.backToPilot}</a>
      </Notice>
    );
  }
  return (
    <>
      <p class="crumbs break">
        <a href={programmeAddress({ rubric: rubric.id })}>{words.programme}</a> ›{' '}
        <a href={pilotAddress(pilot.id, stored.id)}>{pilot.enterprise.name}</a>{' '}
        <SimulatedMark simulated={pilot.simulated} /> ›{' '}
        <a href={pilotAddress(pilot.id, stored.id, 'findings')}>
          {words.assess.number} {stored.id}
        </a>{' '}
        › <span aria-current="page">{indicator.id}</span>
      </p>
      <header class="card">
        <h1>
          {say(indicator.title)} <small class="muted">{indicator.id}</small>{' '}
          <SourceMark source={indicator.source} />
        </h1>
        <p class="muted">
          {say(rubric.title)} · {words.assess.version} {rubric.version} · {time(period.from)} ~{' '}
          {time(period.to)} · {words.kinds[indicator.kind]}
        </p>
        <p>
          <OutcomeWords assessed={assessed} indicator={indicator} finding={finding} />
        </p>
        <p>
          {words.assess.points}: <b>{pointsText(assessed, finding)}</b>
        </p>
        <p>
          {words.assess.remedy}: {say(indicator.remediation)}
        </p>
        <p class="proof">
          {words.assess.settings}: {words.assess.networkedShare}{' '}
          {voice.percent(evidence.settings.networkedShare)}
        </p>
        <p class="proof">
          {words.assess.source}: <SourceText source={indicator.source} />
        </p>
      </header>
      {finding.evidence.length > 0 ? <p class="muted chain-hint">{words.assess.chainHint}</p> : null}
      <Answers assessed={assessed} indicator={indicator} finding={finding} />
      {finding.evidence.map((one, index) => (
        <MeasuredValue key={index} assessed={assessed} {...one} />
      ))}
      {stored.publishedAt === null && finding.outcome !== 'not-applicable' ? (
        <section class="card" aria-labelledby="judge-title">
          <h2 id="judge-title">{words.assess.judge}</h2>
          <AnswerForm assessed={assessed} indicator={indicator} />
        </section>
      ) : null}
      <Entries assessed={assessed} of={id} />
    </>
  );
}
