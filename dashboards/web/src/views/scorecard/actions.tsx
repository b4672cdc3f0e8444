import { query } from '../../api.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { newestOf, type Summary, useRubrics } from '../../assess/stored.ts';
import { ApiLink } from '../../parts/api-link.tsx';
import { pilotAddress } from '../../route.ts';
import { AssessNow } from '../programme/assess-now.tsx';
import { Others } from './others.tsx';
import { Publish } from './publish.tsx';
import { Rescore } from './rescore.tsx';

/** Reports, publishing, other rubrics, other assessments of the same pilot. */
export function Actions({ assessed, summaries }: { assessed: Assessed; summaries: readonly Summary[] }) {
  const { stored, voice } = assessed;
  const { words } = voice;
  const path = `/assessments/${stored.id}`;
  return (
    <section class="card" aria-labelledby="actions-title">
      <h2 id="actions-title">{words.assess.actionsTitle}</h2>
      <p class="links">
        {(['zh', 'en'] as const).map((lang) => (
          <ApiLink
            key={lang}
            path={`${path}/report.html${query({ lang })}`}
            file={`report-${stored.id}-${lang}.html`}
          >
            {words.assess[lang === 'zh' ? 'reportZh' : 'reportEn']}
          </ApiLink>
        ))}
        <ApiLink path={`${path}/report.json`} file={`report-${stored.id}.json`}>
          report.json
        </ApiLink>
      </p>
      <Publish assessed={assessed} />
      <Rescore assessed={assessed} />
      <Others assessed={assessed} summaries={summaries} />
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
