import type { Finding } from '../../../../../domain/assess/assessment.ts';
import { referenceName } from '../../../../../domain/assess/reference-name.ts';
import { type Terms, termsOf } from '../../../../../domain/assess/terms.ts';
import { windowOf } from '../../../../../domain/assess/windows.ts';
import { flagsText } from '../../../../../domain/assess/words.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { BoundedBar } from '../../parts/bounded-bar.tsx';
import { SourceMark, SourceText } from '../../parts/marks.tsx';
import { Parts } from './parts.tsx';

type Piece = Finding['evidence'][number];

/** One measured value with everything that an assessor needs to check it. */
export function MeasuredValue({ assessed, what, measured }: { assessed: Assessed } & Piece) {
  const { stored, voice } = assessed;
  const { words, say, value, range, percent, time } = voice;
  const terms = termsOf(what);
  const name = say(referenceName(what));
  const { evidence } = stored.assessment;
  const window = ('measure' in what && windowOf(evidence, what.window)) || stored.assessment.period;
  return (
    <section class="card" aria-label={name}>
      <h2>
        {name} <SourceMark source={terms.source} />
      </h2>
      <p class="figure-line">
        <span class={measured.notAssessable ? 'value doubtful' : 'value'}>
          {measured.notAssessable ? NOTHING : value(measured.value, terms.unit)}
        </span>
        <Bar measured={measured} terms={terms} name={name} />
      </p>
      {measured.notAssessable ? <p class="warning">{words.notAssessable}</p> : null}
      {measured.flags.length > 0 ? <p class="warning">⚑ {say(flagsText(measured.flags))}</p> : null}
      <dl class="facts">
        <dt>{words.bounds}</dt>
        <dd>
          {measured.low === null || measured.high === null
            ? NOTHING
            : (range(measured.low, measured.high, terms.unit) ?? words.assess.exact)}
        </dd>
        <dt>{words.assess.fractionOf}</dt>
        <dd>
          {measured.numerator === null || measured.denominator === null
            ? NOTHING
            : `${measured.numerator} / ${measured.denominator}`}
        </dd>
        <dt>{words.coverage}</dt>
        <dd>{percent(measured.coverage)}</dd>
        <dt>{words.assess.period}</dt>
        <dd>
          {time(window.from)} ~ {time(window.to)}
        </dd>
        <dt>{words.assess.definition}</dt>
        <dd>{say(terms.definition)}</dd>
        <dt>{words.assess.denominator}</dt>
        <dd>{say(terms.denominator)}</dd>
        <dt>{words.assess.source}</dt>
        <dd>
          <SourceText source={terms.source} />
        </dd>
        <dt>{words.formula}</dt>
        <dd>{measured.proof?.formulaVersion ?? NOTHING}</dd>
        <dt>{words.revision}</dt>
        <dd>{measured.proof?.revision ?? NOTHING}</dd>
        <dt>{words.digest}</dt>
        <dd>
          {measured.proof ? (
            <code class="break">{measured.proof.digest}</code>
          ) : (
            words.assess[terms.basis === 'register' ? 'fromRegister' : 'fromParts']
          )}
        </dd>
      </dl>
      {measured.parts.length > 0 ? (
        <Parts assessed={assessed} name={name} parts={measured.parts} terms={terms} window={window} />
      ) : null}
    </section>
  );
}

/** Only what has an end can be drawn as a share of it. */
function Bar({ measured, terms, name }: { measured: Piece['measured']; terms: Terms; name: string }) {
  const { value, low, high } = measured;
  if (terms.max === null || (value === null && (low === null || high === null))) return null;
  const share = (amount: number | null): number => (amount ?? value ?? 0) / (terms.max ?? 1);
  return (
    <BoundedBar
      low={share(low)}
      value={value === null || measured.notAssessable ? null : share(value)}
      high={share(high)}
      label={name}
    />
  );
}
