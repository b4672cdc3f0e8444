import { creditCodeDoubt, readCreditCode } from '../../../../../domain/assess/credit-code.ts';
import {
  INDUSTRY_NAMES,
  PROCESS_TYPE_NAMES,
  PROGRAMME_NAMES,
} from '../../../../../domain/assess/register-names.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { SimulatedMark, SourceMark } from '../../parts/marks.tsx';

/** Whose assessment this is, by what, over which time, and whether it is final. */
export function Head({ assessed: { stored, rubric, voice } }: { assessed: Assessed }) {
  const { words, say, time, percent } = voice;
  const { pilot, asOf, zone, settings } = stored.assessment.evidence;
  const { creditCode, name } = pilot.enterprise;
  const doubt = creditCode === null ? null : readCreditCode(creditCode).doubt;
  const { period } = stored.assessment;
  return (
    <header class="card">
      <h1 class="break">
        {name} <SimulatedMark simulated={pilot.simulated} />
      </h1>
      {pilot.simulated ? <p class="banner">{words.assess.simulatedHint}</p> : null}
      <p class={stored.publishedAt ? 'good' : 'banner'}>
        {stored.publishedAt
          ? `${words.assess.published} ${time(stored.publishedAt)} · ${stored.publishedBy}`
          : words.assess.draftHint}
      </p>
      <dl class="facts">
        <dt>{words.assess.creditCode}</dt>
        <dd>
          {creditCode ?? words.assess.notGiven}
          {doubt ? <small class="warning block">⚑ {say(creditCodeDoubt(doubt))}</small> : null}
        </dd>
        <dt>{words.assess.district}</dt>
        <dd>{pilot.district}</dd>
        <dt>{words.assess.industry}</dt>
        <dd>
          {say(INDUSTRY_NAMES[pilot.industry])} · {say(PROCESS_TYPE_NAMES[pilot.processType])}
        </dd>
        <dt>{words.assess.appliedFor}</dt>
        <dd>{say(PROGRAMME_NAMES[pilot.programme])}</dd>
        <dt>{words.assess.sites}</dt>
        <dd>{pilot.sites.join(', ')}</dd>
        <dt>{words.assess.rubric}</dt>
        <dd>
          {say(rubric.title)} · {words.assess.version} {rubric.version} <SourceMark source={rubric.source} />
        </dd>
        <dt>{words.assess.period}</dt>
        <dd>
          {time(period.from)} ~ {time(period.to)} <small class="muted">{zone}</small>
        </dd>
        <dt>{words.assess.asOf}</dt>
        <dd>{time(asOf)}</dd>
        <dt>{words.assess.settings}</dt>
        <dd>
          {words.assess.networkedShare} {percent(settings.networkedShare)}
        </dd>
        <dt>{words.assess.number}</dt>
        <dd>{stored.id}</dd>
        <dt>{words.digest}</dt>
        <dd>
          <code class="break">{stored.digest}</code>
        </dd>
      </dl>
    </header>
  );
}
