import { useMemo, useState } from 'preact/hooks';
import { query } from '../../api.ts';
import { useVoice } from '../../assess/voice.ts';
import {
  FEW_MACHINES,
  findingsOf,
  LOOKED_DAYS,
  lookedSpan,
  type PlausibilityPage,
} from '../../health/plausibility.ts';
import { fill } from '../../i18n/index.ts';
import { Failure } from '../../parts/notice.tsx';
import { PlausibilityFindings } from '../../parts/plausibility-findings.tsx';
import { useAsked } from '../../use-asked.ts';

/** What of the last days is hardly so, with evidence. A large plant is looked over only when somebody asks. */
export function Plausible({ machines }: { readonly machines: number }) {
  const voice = useVoice();
  const { words } = voice;
  const [wanted, want] = useState(false);
  const span = useMemo(() => lookedSpan(Date.now()), []);
  const path = wanted || machines <= FEW_MACHINES ? `/plausibility${query({ scope: '', ...span })}` : null;
  const { answer, error, again } = useAsked<PlausibilityPage>(machines === 0 ? null : path);
  if (machines === 0) return null;
  const findings = answer ? findingsOf(answer) : [];
  const doubtful = answer?.machines.filter(({ grade }) => grade !== 'A').length ?? 0;
  return (
    <section class="card" aria-labelledby="health-plausibility">
      <h2 id="health-plausibility" tabIndex={-1}>
        {words.plausible.title}{' '}
        <small class="muted">{fill(words.plausible.lastDays, { days: LOOKED_DAYS })}</small>
      </h2>
      <p class="muted">{words.plausible.hint}</p>
      {path === null ? (
        <button type="button" onClick={() => want(true)}>
          {words.plausible.look}
        </button>
      ) : answer ? (
        <p>
          {fill(words.plausible.lookedOver, { count: answer.machines.length, doubtful })}{' '}
          {findings.length === 0 ? words.plausible.nothing : null}
        </p>
      ) : error ? (
        <Failed />
      ) : (
        <p class="muted">{words.plausible.looking}</p>
      )}
      {findings.length > 0 ? (
        <PlausibilityFindings findings={findings} voice={voice} file="plausibility" />
      ) : null}
    </section>
  );

  function Failed() {
    if (!error) return null;
    if (error.code === 'span-too-large') return <p class="muted">{words.plausible.tooMany}</p>;
    return <Failure error={error} again={again} />;
  }
}
