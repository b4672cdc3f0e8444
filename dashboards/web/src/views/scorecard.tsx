import { memo } from 'preact/compat';
import { useEffect } from 'preact/hooks';
import { query } from '../api.ts';
import type { Assessed } from '../assess/assessed.ts';
import { newestOf, type Summary, useAssessment, useRubrics } from '../assess/stored.ts';
import { useVoice } from '../assess/voice.ts';
import { Failure, Loading } from '../parts/notice.tsx';
import { type PilotQuestion, pilotAddress, programmeAddress } from '../route.ts';
import { useAsked } from '../use-asked.ts';
import { AssessNow } from './programme/assess-now.tsx';
import { Actions } from './scorecard/actions.tsx';
import { Benefits } from './scorecard/benefits.tsx';
import { Contents, type Part } from './scorecard/contents.tsx';
import { Declared } from './scorecard/declared.tsx';
import { Entries } from './scorecard/entries.tsx';
import { Findings } from './scorecard/findings.tsx';
import { Gaps } from './scorecard/gaps.tsx';
import { Head } from './scorecard/head.tsx';
import { History } from './scorecard/history.tsx';
import { Levels } from './scorecard/levels.tsx';
import { Machines } from './scorecard/machines.tsx';
import { Plausibility } from './scorecard/plausibility.tsx';
import { Scores } from './scorecard/scores.tsx';
import { Totals } from './scorecard/totals.tsx';

/** A pilot's assessment, the newest unless the address names one: everything that it says, and what a person adds. */
export const ScorecardView = memo(
  ({ pilot, assessment: asked, part }: { readonly pilot: string } & PilotQuestion) => {
    const { words } = useVoice();
    const list = useAsked<{ assessments: readonly Summary[] }>(`/assessments${query({ pilot })}`);
    const summaries = list.answer?.assessments;
    const id = asked ?? summaries?.[0]?.id ?? null;
    const listed = id === null || (summaries?.some((one) => one.id === id) ?? true);
    useEffect(() => {
      // It was made since the list was asked for.
      if (!listed) list.again();
    }, [id, listed]);
    if (!summaries) return list.error ? <Failure error={list.error} again={list.again} /> : <Loading />;
    return (
      <>
        <p class="crumbs">
          <a href={programmeAddress()}>{words.programme}</a> › {pilot}
        </p>
        {id === null ? (
          <Unassessed pilot={pilot} />
        ) : (
          <Card key={id} pilot={pilot} id={id} part={part} summaries={summaries} changed={list.again} />
        )}
      </>
    );
  },
);

function Card({
  pilot,
  id,
  part,
  summaries,
  changed,
}: {
  readonly pilot: string;
  readonly id: number;
  readonly part: string | null;
  readonly summaries: readonly Summary[];
  readonly changed: () => void;
}) {
  const { stored, rubric } = useAssessment(id);
  const voice = useVoice(stored.answer?.assessment.evidence.zone);
  const error = stored.error ?? rubric.error;
  if (!stored.answer || !rubric.answer) {
    return error ? <Failure error={error} again={stored.error ? stored.again : rubric.again} /> : <Loading />;
  }
  if (stored.answer.assessment.evidence.pilot.id !== pilot) {
    return <p class="warning">{voice.words.assess.ofAnotherPilot}</p>;
  }
  const again = (): void => {
    stored.again();
    changed();
  };
  const assessed: Assessed = { stored: stored.answer, rubric: rubric.answer, voice, again };
  return (
    <>
      {error ? <Failure error={error} again={again} /> : null}
      <Head assessed={assessed} />
      <div class="scorecard">
        <Contents assessed={assessed} parts={partsOf(assessed)} here={part} />
        <div class="parts">
          <Totals assessed={assessed} />
          <Gaps assessed={assessed} />
          <Declared assessed={assessed} />
          <Levels assessed={assessed} />
          <Scores assessed={assessed} />
          <Findings assessed={assessed} />
          <Benefits assessed={assessed} />
          <Machines assessed={assessed} />
          <Plausibility assessed={assessed} />
          <History assessed={assessed} summaries={summaries} />
          <Entries assessed={assessed} />
          <Actions assessed={assessed} />
        </div>
      </div>
    </>
  );
}

/** The sections that this assessment has, in the order in which they stand. */
function partsOf({ stored, rubric, voice }: Assessed): readonly Part[] {
  const { words } = voice;
  const { gaps, declared, benefits, evidence } = stored.assessment;
  const machines = evidence.pilot.equipment.length + (evidence.windows[0]?.machines.length ?? 0);
  const all: readonly (Part & { readonly there: boolean })[] = [
    { id: 'result', title: words.assess.resultTitle, there: true },
    { id: 'gaps', title: words.assess.gapsTitle, there: gaps.length > 0 },
    { id: 'declared', title: words.assess.declaredTitle, there: declared.length > 0 },
    { id: 'levels', title: words.assess.levelsTitle, there: rubric.levels.length > 0 },
    { id: 'scores', title: words.assess.scoresTitle, there: true },
    { id: 'findings', title: words.assess.findingsTitle, there: true },
    { id: 'benefits', title: words.assess.benefitsTitle, there: benefits.length > 0 },
    { id: 'machines', title: words.assess.machinesTitle, there: machines > 0 },
    { id: 'plausibility', title: words.plausible.title, there: true },
    { id: 'history', title: words.assess.historyTitle, there: true },
    { id: 'entries', title: words.assess.entriesTitle, there: true },
    { id: 'actions', title: words.assess.actionsTitle, there: true },
  ];
  return all.filter(({ there }) => there);
}

function Unassessed({ pilot }: { pilot: string }) {
  const { words } = useVoice();
  const known = useAsked<{ enterprise: { name: string } }>(`/pilots/${encodeURIComponent(pilot)}`);
  const rubrics = useRubrics();
  const error = known.error ?? rubrics.error;
  if (error) return <Failure error={error} again={known.error ? known.again : rubrics.again} />;
  if (!known.answer || !rubrics.answer) return <Loading />;
  const { name } = known.answer.enterprise;
  const newest = newestOf(rubrics.answer);
  return (
    <section class="card" aria-labelledby="unassessed">
      <h1 id="unassessed" class="break">
        {name}
      </h1>
      <p>{words.assess.notAssessedYet}</p>
      <AssessNow
        pilots={[{ pilot, name }]}
        rubrics={newest}
        rubric={newest[0]?.id ?? ''}
        done={(last) => {
          if (last?.kind === 'assessed') location.hash = pilotAddress(pilot, last.id);
        }}
      />
    </section>
  );
}
