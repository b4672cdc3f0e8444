import { useState } from 'preact/hooks';
import type { Rubric } from '../../../../../domain/assess/rubric.ts';
import {
  type Candidate,
  NoSuchPeriod,
  type Order,
  type Outcome,
  type Run,
  useAssessing,
} from '../../assess/assess-pilots.ts';
import { PERIODS } from '../../assess/periods.ts';
import { refusalText } from '../../assess/refusal.ts';
import { NOTHING, useVoice } from '../../assess/voice.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { Choice } from '../../parts/choice.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { pilotAddress } from '../../route.ts';

/** Assesses one pilot, or all that are shown, by a rubric over a period in each site's own days. */
export function AssessNow({
  pilots,
  rubrics,
  rubric: first,
  done,
}: {
  readonly pilots: readonly Candidate[];
  readonly rubrics: readonly Rubric[];
  /** Chosen at first. */
  readonly rubric: string;
  readonly done: (last: Outcome | undefined) => void;
}) {
  const { words } = useSpeech();
  const { say } = useVoice();
  const { run, start, cancel } = useAssessing(done);
  const [order, change] = useState<Order>({
    rubric: first,
    period: 'last-30-days',
    own: { from: '', to: '' },
  });
  const [who, choose] = useState('');
  const chosen = pilots.filter(({ pilot }) => who === '' || pilot === who);
  const running = run?.at != null;
  return (
    <form
      class="entry"
      onSubmit={(event) => {
        event.preventDefault();
        void start(chosen, order);
      }}
    >
      <div class="fields">
        {pilots.length > 1 ? (
          <Choice
            label={words.assess.whom}
            value={who}
            change={choose}
            options={[
              ['', fill(words.assess.allShown, { count: pilots.length })],
              ...pilots.map(({ pilot, name }): [string, string] => [pilot, name]),
            ]}
          />
        ) : null}
        <Choice
          label={words.assess.rubric}
          value={order.rubric}
          change={(rubric) => change({ ...order, rubric })}
          options={rubrics.map(({ id, title }) => [id, say(title)])}
        />
        <Choice
          label={words.assess.period}
          value={order.period}
          change={(period) => change({ ...order, period: period as Order['period'] })}
          options={PERIODS.map((id) => [id, words.periods[id]])}
        />
        {order.period === 'own'
          ? (['from', 'to'] as const).map((end) => (
              <label key={end}>
                {words.assess[end === 'from' ? 'firstDay' : 'lastDay']}
                <input
                  type="date"
                  required
                  value={order.own[end]}
                  onInput={(event) =>
                    change({ ...order, own: { ...order.own, [end]: event.currentTarget.value } })
                  }
                />
              </label>
            ))
          : null}
        {/* Two buttons, not one that changes: else the click that cancels would submit what has become of it. */}
        {running ? (
          <button key="cancel" type="button" onClick={cancel}>
            {words.assess.cancel}
          </button>
        ) : (
          <button key="start" type="submit" class="primary" disabled={chosen.length === 0}>
            {words.assess.assessNow}
          </button>
        )}
      </div>
      {run ? <Progress run={run} /> : null}
    </form>
  );
}

function Progress({ run }: { run: Run }) {
  const { words } = useSpeech();
  const { at, total, outcomes, cancelled } = run;
  const assessed = outcomes.filter(({ kind }) => kind === 'assessed').length;
  const said = at
    ? fill(words.assess.assessing, { index: outcomes.length + 1, total, name: at.name })
    : fill(cancelled ? words.assess.assessCancelled : words.assess.assessDone, {
        assessed,
        refused: outcomes.length - assessed,
        left: total - outcomes.length,
      });
  return (
    <>
      <p role="status">
        {said}
        {at ? <progress max={total} value={outcomes.length} aria-label={words.assess.assessNow} /> : null}
      </p>
      {outcomes.length > 0 ? <Outcomes outcomes={outcomes} /> : null}
    </>
  );
}

function Outcomes({ outcomes }: { outcomes: readonly Outcome[] }) {
  const { words } = useSpeech();
  const why = (outcome: Outcome): string => {
    if (outcome.kind === 'assessed') return '';
    return outcome.error instanceof NoSuchPeriod
      ? words.assess.noSuchPeriod
      : refusalText(outcome.error, words);
  };
  return (
    <RichTable
      name={words.assess.assessNow}
      file="assessed"
      rows={outcomes}
      keyOf={({ pilot }) => pilot}
      columns={[
        {
          id: 'pilot',
          title: words.assess.enterprise,
          text: ({ name }) => name,
          show: (one) =>
            one.kind === 'assessed' ? <a href={pilotAddress(one.pilot, one.id)}>{one.name}</a> : one.name,
        },
        {
          id: 'result',
          title: words.assess.result,
          text: (one) => (one.kind === 'assessed' ? words.assess.assessed : words.assess.refused),
          show: (one) => (
            <span class={one.kind === 'assessed' ? 'good' : 'warning'}>
              {one.kind === 'assessed' ? words.assess.assessed : words.assess.refused}
            </span>
          ),
        },
        {
          id: 'why',
          title: words.assess.because,
          text: why,
          show: (one) => why(one) || NOTHING,
          kind: 'break',
        },
      ]}
    />
  );
}
