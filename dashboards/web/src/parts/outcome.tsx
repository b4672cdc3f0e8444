import type { Finding } from '../../../../domain/assess/assessment.ts';
import type { Indicator } from '../../../../domain/assess/rubric.ts';
import { type Assessed, choosable, levelTitle } from '../assess/assessed.ts';
import { NOTHING } from '../assess/voice.ts';
import { pilotAddress } from '../route.ts';

/** What came out for an indicator: the answer, where it comes from, what limits or contradicts it; or why there is none. */
export function OutcomeWords({
  assessed,
  indicator,
  finding,
}: {
  readonly assessed: Assessed;
  readonly indicator: Indicator;
  readonly finding: Finding;
}) {
  const { words, say } = assessed.voice;
  if (finding.outcome === 'not-applicable') {
    return (
      <span class="muted">
        {words.assess.notApplicable}: {say(finding.because)}
      </span>
    );
  }
  if (finding.outcome === 'no-evidence') {
    return (
      <>
        <b class="verdict open">? {words.assess.noEvidence}</b> <small>{say(finding.because)}</small>
        <LoweredWords assessed={assessed} finding={finding} />
      </>
    );
  }
  const { scoring } = indicator;
  const answer = choosable(scoring, assessed.voice).find(({ id }) => id === finding.option);
  const option = scoring.kind === 'options' && scoring.options.find(({ id }) => id === finding.option);
  return (
    <>
      {answer?.text ?? finding.option}{' '}
      <small class="muted">
        {words.bases[finding.basis]}
        {option && option.level !== null ? ` · ${levelTitle(assessed, option.level)}` : ''}
      </small>
      {finding.cappedBy ? (
        <small class="block">
          {words.assess.cappedBy} {finding.cappedBy}
        </small>
      ) : null}
      {finding.contradicted ? (
        <small class="block warning">
          ⚑ {finding.basis === 'measured' ? words.assess.enterpriseContradicted : words.assess.contradicted}
        </small>
      ) : null}
      <LoweredWords assessed={assessed} finding={finding} />
    </>
  );
}

/** Grade and reason, where machines that it was measured by have a lowered grade. */
function LoweredWords({ assessed, finding }: { readonly assessed: Assessed; readonly finding: Finding }) {
  if (!finding.lowered) return null;
  const { evidence } = assessed.stored.assessment;
  return (
    <small class="block warning">
      <a href={pilotAddress(evidence.pilot.id, assessed.stored.id, 'plausibility')}>
        ⚑ {assessed.voice.say(finding.lowered.because)}
      </a>
    </small>
  );
}

/** Points of the highest, with their bounds. */
export function pointsText({ voice }: Assessed, finding: Finding): string {
  if (finding.outcome === 'not-applicable') return NOTHING;
  const highest = voice.points(finding.highest);
  if (finding.outcome === 'no-evidence') return `${NOTHING} / ${highest}`;
  const [low, high] = [voice.points(finding.low), voice.points(finding.high)];
  const bounds = low === high ? '' : ` (${low} ~ ${high})`;
  return `${voice.points(finding.points)} / ${highest}${bounds}`;
}
