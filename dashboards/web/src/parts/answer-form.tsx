import { useState } from 'preact/hooks';
import type { Indicator } from '../../../../domain/assess/rubric.ts';
import { type Assessed, choosable } from '../assess/assessed.ts';
import { Choice } from './choice.tsx';
import { EntryForm } from './entry-form.tsx';

/** Answers a question, or takes the answer back, with a reason. Nothing where the assessment is published. */
export function AnswerForm({
  assessed,
  indicator,
  done,
}: {
  readonly assessed: Assessed;
  readonly indicator: Indicator;
  readonly done?: () => void;
}) {
  const { stored, voice, again } = assessed;
  const { words } = voice;
  const [option, choose] = useState('');
  if (stored.publishedAt !== null) return null;
  const entered = (): void => {
    choose('');
    done?.();
    again();
  };
  const path = `/assessments/${stored.id}/entries`;
  const last = stored.assessment.entries.findLast(
    (entry) => entry.kind !== 'closure' && entry.indicator === indicator.id,
  );
  return (
    <>
      <EntryForm
        path={path}
        body={{ kind: 'answer', indicator: indicator.id, option }}
        submit={words.assess.answerIt}
        done={entered}
      >
        <Choice
          label={words.assess.answer}
          value={option}
          required
          change={choose}
          options={[
            ['', words.assess.choose],
            ...choosable(indicator.scoring, voice).map(({ id, text }) => [id, text] as const),
          ]}
        />
      </EntryForm>
      {last?.kind === 'answer' ? (
        <EntryForm
          path={path}
          body={{ kind: 'answer-withdrawn', indicator: indicator.id }}
          submit={words.assess.withdraw}
          done={entered}
        />
      ) : null}
    </>
  );
}
