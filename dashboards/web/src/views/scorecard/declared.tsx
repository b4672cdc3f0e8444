import { useState } from 'preact/hooks';
import type { DeclaredComparison } from '../../../../../domain/assess/assessment.ts';
import { titleOfFigure } from '../../../../../domain/assess/figure-titles.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { NOTHING } from '../../assess/voice.ts';
import { DeclaredBar } from '../../parts/bounded-bar.tsx';
import { Choice } from '../../parts/choice.tsx';
import { EntryForm } from '../../parts/entry-form.tsx';
import { Folded } from '../../parts/folded.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { WholeDates } from '../../parts/whole-dates.tsx';

/** What the enterprise states against what was measured; an open discrepancy is closed here. */
export function Declared({ assessed }: { assessed: Assessed }) {
  const { stored, voice } = assessed;
  const { words, say, value, range, difference } = voice;
  const { declared, evidence } = stored.assessment;
  if (declared.length === 0) return null;
  return (
    <section class="card" id="declared" aria-labelledby="declared-title">
      <h2 id="declared-title">{words.assess.declaredTitle}</h2>
      <p class="muted">
        {words.assess.discrepancyAbove} {voice.percentagePoints(evidence.settings.discrepancyAbove)} ·{' '}
        <span class="key diamond" /> {words.bases.declared} · <span class="key dot" /> {words.bases.measured}
      </p>
      <RichTable
        name={words.assess.declaredTitle}
        file={`declared-${stored.id}`}
        rows={declared}
        keyOf={(_one, index) => index}
        classOf={({ state }) => (state === 'open' ? 'attention' : undefined)}
        columns={[
          {
            id: 'figure',
            title: words.figure,
            text: ({ declared: stated }) => say(titleOfFigure(stated.figure)),
            show: ({ declared: stated }) => (
              <>
                {say(titleOfFigure(stated.figure))}
                <small class="muted block break">
                  {stated.document} · <span class="whole">{stated.date}</span>
                </small>
              </>
            ),
          },
          {
            id: 'declared',
            title: words.bases.declared,
            text: ({ declared: { value: stated, unit } }) => value(stated, unit),
            kind: 'number',
          },
          {
            id: 'measured',
            title: words.bases.measured,
            text: ({ declared: { unit }, measured }) => (measured ? value(measured.value, unit) : null),
            show: ({ declared: { unit }, measured }) =>
              measured ? (
                <>
                  {value(measured.value, unit)}
                  <small class="muted block">{range(measured.low, measured.high, unit)}</small>
                  {measured.notAssessable ? <small class="warning block">{words.notAssessable}</small> : null}
                </>
              ) : (
                NOTHING
              ),
            kind: 'number',
          },
          {
            id: 'difference',
            title: words.assess.difference,
            text: (one) => difference(one.difference, one.declared.unit),
            show: (one) => (
              <>
                {difference(one.difference, one.declared.unit)}
                {one.measured ? (
                  <DeclaredBar
                    declared={one.declared.value}
                    value={one.measured.value}
                    low={one.measured.low}
                    high={one.measured.high}
                    {...(one.declared.unit === '1' ? { most: 1 } : {})}
                    label={`${say(titleOfFigure(one.declared.figure))}: ${words.bases.declared}, ${words.bases.measured}`}
                  />
                ) : null}
              </>
            ),
            kind: 'bar',
          },
          {
            id: 'reasons',
            title: words.assess.reasons,
            text: ({ reasons }) => reasons.map(({ detail }) => say(detail)).join('; ') || null,
            show: ({ reasons }) => (
              <ul class="plain">
                {reasons.map(({ detail }, index) => (
                  <li key={index}>
                    <WholeDates text={say(detail)} />
                  </li>
                ))}
              </ul>
            ),
            kind: 'break',
          },
          {
            id: 'state',
            title: words.assess.state,
            text: ({ state }) => words.declaredStates[state],
            show: (one) => <State assessed={assessed} comparison={one} />,
            kind: 'break',
          },
        ]}
      />
    </section>
  );
}

function State({ assessed, comparison }: { assessed: Assessed; comparison: DeclaredComparison }) {
  const { stored, voice } = assessed;
  const { words } = voice;
  const { state, closure, declared } = comparison;
  const closable = (state === 'open' || state === 'closed') && stored.publishedAt === null;
  return (
    <>
      <b class={state === 'open' ? 'warning' : undefined}>{words.declaredStates[state]}</b>
      {closure ? (
        <small class="block break">
          {words.closures[closure.verdict]}: {closure.note} ({closure.by}, {voice.day(closure.at)})
        </small>
      ) : null}
      {closable ? (
        <Folded summary={words.assess.close}>
          {(fold) => <ClosureForm assessed={assessed} figure={declared.figure} done={fold} />}
        </Folded>
      ) : null}
    </>
  );
}

function ClosureForm({
  assessed: { stored, voice, again },
  figure,
  done,
}: {
  readonly assessed: Assessed;
  readonly figure: string;
  readonly done: () => void;
}) {
  const { words } = voice;
  const [verdict, choose] = useState('');
  return (
    <EntryForm
      path={`/assessments/${stored.id}/entries`}
      body={{ kind: 'closure', figure, verdict }}
      submit={words.assess.close}
      done={() => {
        done();
        again();
      }}
    >
      <Choice
        label={words.assess.verdict}
        value={verdict}
        required
        change={choose}
        options={[['', words.assess.choose], ...Object.entries(words.closures)]}
      />
    </EntryForm>
  );
}
