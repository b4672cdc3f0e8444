import { useState } from 'preact/hooks';
import { ask } from '../../api.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { refusalText } from '../../assess/refusal.ts';
import { useRubrics } from '../../assess/stored.ts';
import { Choice } from '../../parts/choice.tsx';
import { Failure, Loading } from '../../parts/notice.tsx';
import { pilotAddress } from '../../route.ts';

/** Scores the same facts by another rubric or version, as an assessment of its own. */
export function Rescore({ assessed: { stored, voice } }: { assessed: Assessed }) {
  const { words, say } = voice;
  const rubrics = useRubrics();
  const [chosen, choose] = useState('');
  const [refused, refuse] = useState('');
  if (stored.evidenceRemovedAt !== null) {
    return (
      <div class="action">
        <h3>{words.assess.rescore}</h3>
        <p class="muted">{words.assess.rescoreRemoved}</p>
      </div>
    );
  }
  if (!rubrics.answer)
    return rubrics.error ? <Failure error={rubrics.error} again={rubrics.again} /> : <Loading />;
  const known = rubrics.answer;
  const rescore = async (): Promise<void> => {
    const rubric = known[Number(chosen)];
    if (!rubric) return;
    refuse('');
    try {
      const made = await ask<{ id: number }>(`/assessments/${stored.id}/rescore`, {
        body: { rubric: rubric.id, version: rubric.version },
      });
      location.hash = pilotAddress(stored.assessment.evidence.pilot.id, made.id);
    } catch (error) {
      refuse(refusalText(error, words));
    }
  };
  return (
    <div class="action">
      <h3>{words.assess.rescore}</h3>
      <form
        class="entry"
        onSubmit={(event) => {
          event.preventDefault();
          void rescore();
        }}
      >
        <div class="fields">
          <Choice
            label={words.assess.rubric}
            value={chosen}
            required
            change={choose}
            options={[
              ['', words.assess.choose],
              ...known.map(
                ({ title, version }, index) => [`${index}`, `${say(title)} · ${version}`] as const,
              ),
            ]}
          />
          <button type="submit">{words.assess.rescore}</button>
        </div>
      </form>
      {refused ? (
        <p role="alert" class="warning">
          {refused}
        </p>
      ) : null}
    </div>
  );
}
