import { doubleOf } from '../../../../../domain/assess/fraction.ts';
import { openDiscrepancies } from '../../../../../domain/assess/open-discrepancies.ts';
import { GRADE_WORDS } from '../../../../../domain/plausibility/finding-words.ts';
import { type Assessed, levelTitle } from '../../assess/assessed.ts';
import { fill } from '../../i18n/index.ts';
import { BoundedBar } from '../../parts/bounded-bar.tsx';
import { pilotAddress } from '../../route.ts';

/** The result at a glance: score with its bounds, level, what is still open. */
export function Totals({ assessed }: { assessed: Assessed }) {
  const { stored, rubric, voice } = assessed;
  const { words, say, share, points } = voice;
  const { scores, level, evidence } = stored.assessment;
  const grade = evidence.plausibility?.grade;
  const { total } = scores;
  const open = openDiscrepancies(stored.assessment).length;
  return (
    <section class="figures" id="result" aria-label={words.assess.resultTitle}>
      <div class="figure">
        <h2>{words.assess.score}</h2>
        <p class={total?.value ? 'value' : 'value doubtful'}>
          {total ? (total.value ? share(total.value) : '–') : words.assess.notApplicable}
        </p>
        {total ? (
          <>
            {total.value ? null : <p class="warning">{words.assess.noValue}</p>}
            <BoundedBar
              low={doubleOf(total.low)}
              value={total.value && doubleOf(total.value)}
              high={doubleOf(total.high)}
              label={words.assess.score}
            />
            <p class="muted">
              {words.bounds} {share(total.low)} ~ {share(total.high)}
            </p>
            <p class="muted">
              {words.assess.points} {points(total.points)} / {points(total.highest)}
            </p>
            <p class="muted">{fill(words.assess.findingCounts, { ...total.findings })}</p>
          </>
        ) : null}
      </div>
      <div class="figure">
        <h2>{words.assess.reached}</h2>
        <p class="value">
          {rubric.levels.length === 0 ? words.assess.notApplicable : levelTitle(assessed, level.reached)}
        </p>
        <p class="muted">
          {words.assess.possible}: {levelTitle(assessed, level.possible)}
        </p>
        {level.unknownTimeCouldChangeIt ? <p class="warning">{words.assess.unknownDecides}</p> : null}
      </div>
      <div class="figure">
        <h2>{words.assess.openDiscrepancies}</h2>
        <p class={open > 0 ? 'value warning' : 'value'}>{open}</p>
        {grade ? (
          <p class={grade === 'A' ? 'muted' : 'warning'}>
            <a href={pilotAddress(evidence.pilot.id, stored.id, 'plausibility')}>
              {words.plausible.grade} <b>{grade}</b>: {say(GRADE_WORDS[grade])}
            </a>
          </p>
        ) : null}
      </div>
    </section>
  );
}
