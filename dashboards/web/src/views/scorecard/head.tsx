import type { ComponentChildren } from 'preact';
import { creditCodeDoubt, readCreditCode } from '../../../../../domain/assess/credit-code.ts';
import {
  INDUSTRY_NAMES,
  PROCESS_TYPE_NAMES,
  PROGRAMME_NAMES,
} from '../../../../../domain/assess/register-names.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { fill } from '../../i18n/index.ts';
import { SimulatedMark, SourceMark } from '../../parts/marks.tsx';
import { Reports } from './reports.tsx';

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
      <div class="banners">
        {pilot.simulated ? <p class="banner">{words.assess.simulatedHint}</p> : null}
        <p class={stored.publishedAt ? 'good' : 'banner'}>
          {stored.publishedAt
            ? `${words.assess.published} ${time(stored.publishedAt)} · ${stored.publishedBy}`
            : words.assess.draftHint}
        </p>
        {stored.evidenceRemovedAt ? (
          <p class="muted">{fill(words.assess.evidenceRemoved, { at: time(stored.evidenceRemovedAt) })}</p>
        ) : null}
      </div>
      <dl class="facts columns">
        <Fact name={words.assess.rubric}>
          {say(rubric.title)} · {words.assess.version} {rubric.version} <SourceMark source={rubric.source} />
        </Fact>
        <Fact name={words.assess.period}>
          {time(period.from)} ~ {time(period.to)} <small class="muted">{zone}</small>
        </Fact>
        <Fact name={words.assess.asOf}>{time(asOf)}</Fact>
        <Fact name={words.assess.appliedFor}>{say(PROGRAMME_NAMES[pilot.programme])}</Fact>
        <Fact name={words.assess.district}>{pilot.district}</Fact>
        <Fact name={words.assess.industry}>
          {say(INDUSTRY_NAMES[pilot.industry])} · {say(PROCESS_TYPE_NAMES[pilot.processType])}
        </Fact>
        <Fact name={words.assess.sites}>{pilot.sites.join(', ')}</Fact>
        <Fact name={words.assess.creditCode}>
          {creditCode ?? words.assess.notGiven}
          {doubt ? <small class="warning block">⚑ {say(creditCodeDoubt(doubt))}</small> : null}
        </Fact>
        <Fact name={words.assess.settings}>
          {words.assess.networkedShare} {percent(settings.networkedShare)}
        </Fact>
        <Fact name={words.assess.number}>
          {stored.id} · <code class="break">{stored.digest}</code>
        </Fact>
      </dl>
      <Reports stored={stored} />
    </header>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
