import { GRADE_WORDS } from '../../../../../domain/plausibility/finding-words.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { fill } from '../../i18n/index.ts';
import { PlausibilityFindings } from '../../parts/plausibility-findings.tsx';

/** How far the pilot's evidence carries, and what speaks against it. */
export function Plausibility({ assessed: { stored, voice } }: { assessed: Assessed }) {
  const { words, say, time } = voice;
  const looked = stored.assessment.evidence.plausibility;
  return (
    <section class="card" id="plausibility" aria-labelledby="plausibility-title">
      <h2 id="plausibility-title">{words.plausible.title}</h2>
      {looked ? <Found /> : <p class="muted">{words.plausible.notLooked}</p>}
    </section>
  );

  function Found() {
    if (!looked) return null;
    const { grade, machines, close, judged, compared } = looked;
    const between = ({ from, to }: typeof close) => ({ from: time(from), to: time(to) });
    const findings = machines.flatMap(({ machine, findings }) =>
      findings.map((finding) => ({ ...finding, machine })),
    );
    const doubtful = machines.filter((one) => one.grade !== 'A').length;
    return (
      <>
        <p class={grade === 'A' ? undefined : 'warning'}>
          {words.plausible.grade} <b>{grade}</b>: {say(GRADE_WORDS[grade])}.{' '}
          {fill(words.plausible.lookedOver, { count: machines.length, doubtful })}
        </p>
        <p class="muted">
          {words.plausible.hint} {fill(words.plausible.close, between(close))}
        </p>
        {judged ? <p class="muted">{fill(words.plausible.judged, between(judged))}</p> : null}
        {compared ? <p class="muted">{fill(words.plausible.compared, between(compared))}</p> : null}
        {machines.map(({ machine, unjudged }) =>
          unjudged ? (
            <p class="muted" key={machine}>
              {fill(words.plausible.unjudged, { machine, ...between(unjudged) })}
            </p>
          ) : null,
        )}
        {findings.length > 0 ? (
          <PlausibilityFindings findings={findings} voice={voice} file={`plausibility-${stored.id}`} />
        ) : (
          <p>{words.plausible.nothing}</p>
        )}
      </>
    );
  }
}
