import type { Assessed } from '../../assess/assessed.ts';
import { newestOf, useRubrics } from '../../assess/stored.ts';
import { pilotAddress } from '../../route.ts';
import { AssessNow } from '../programme/assess-now.tsx';
import { Publish } from './publish.tsx';
import { Rescore } from './rescore.tsx';

/** Reports, publishing, other rubrics, other assessments of the same pilot. */
export function Actions({ assessed }: { assessed: Assessed }) {
  const { words } = assessed.voice;
  return (
    <section class="card" id="actions" aria-labelledby="actions-title">
      <h2 id="actions-title">{words.assess.actionsTitle}</h2>
      <Publish assessed={assessed} />
      <Rescore assessed={assessed} />
      <Again assessed={assessed} />
    </section>
  );
}

function Again({ assessed: { stored, voice } }: { assessed: Assessed }) {
  const { words } = voice;
  const rubrics = useRubrics();
  const { id: pilot, enterprise } = stored.assessment.evidence.pilot;
  if (!rubrics.answer) return null;
  return (
    <div class="action">
      <h3>{words.assess.assessAgain}</h3>
      <AssessNow
        pilots={[{ pilot, name: enterprise.name }]}
        rubrics={newestOf(rubrics.answer)}
        rubric={stored.assessment.rubric.id}
        done={(last) => {
          if (last?.kind === 'assessed') location.hash = pilotAddress(pilot, last.id);
        }}
      />
    </div>
  );
}
