import type { HearingCode } from '../../../../../domain/hearing.ts';
import { moment } from '../../format.ts';
import type { Explanation } from '../../health/answers.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { PathText } from '../../parts/path-text.tsx';
import { RichTable } from '../../parts/rich-table.tsx';
import { machineAddress } from '../../route.ts';

/** What an integrator would otherwise wonder about for a day. */
const SURPRISING: readonly HearingCode[] = [
  'state-unmapped',
  'state-elsewhere',
  'machine-undeclared',
  'value-unusable',
  'value-read-as',
];
const MOST_ROWS = 200;

/** What ingest and analysis make of a message. */
export function ExplanationOf({ explanation }: { readonly explanation: Explanation }) {
  const { words, language, locale } = useSpeech();
  const say = words.dataHealth;
  const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const { rule, place, observations, refused, corrections, skipped, notes } = explanation;
  // What a rule refused stands among the refused parts already.
  const kept = corrections.filter(({ action }) => action !== 'refused');
  const count = observations.length;
  const outcome =
    count === 0 ? say.nothingTaken : fill(refused.length > 0 ? say.partly : say.taken, { count });
  return (
    <div class="explanation">
      <p>
        {say.rule}: {rule === null ? <em>{say.noRule}</em> : <code>{rule}</code>} · {outcome}
        {place === null ? null : (
          <small class="muted block break" lang="en">
            {place}
          </small>
        )}
      </p>
      {refused.length > 0 ? (
        <>
          <h4>{say.refusedParts}</h4>
          <ul class="plain">
            {refused.map(({ code, detail, message, remedy }, index) => (
              <li key={index} class="trouble break">
                <code>{code}</code> {message[language]}
                {language === 'en' ? null : (
                  <small class="muted block" lang="en">
                    {detail}
                  </small>
                )}
                <span class="block">
                  {say.remedy}: {remedy[language]}
                </span>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {count > 0 ? (
        <RichTable
          name={words.observations}
          file="observations"
          most={MOST_ROWS}
          rows={observations}
          keyOf={(_, index) => index}
          columns={[
            {
              id: 'machine',
              title: words.machine,
              text: ({ machine }) => machine,
              show: ({ machine }) => (
                <a href={machineAddress(machine)}>
                  <PathText path={machine} />
                </a>
              ),
            },
            { id: 'signal', title: words.signal, kind: 'break', text: ({ signal }) => signal },
            {
              id: 'ts',
              title: words.time,
              text: ({ ts }) => ts,
              show: ({ ts, sourceTs }) => (
                <>
                  <span class="whole" title={ts}>
                    {moment(ts, locale, zone)}
                  </span>
                  {sourceTs === undefined ? null : (
                    <small class="muted block">
                      {fill(say.clockSaid, { when: moment(sourceTs, locale, zone) })}
                    </small>
                  )}
                </>
              ),
            },
            { id: 'value', title: words.value, kind: 'break', text: ({ value }) => String(value) },
          ]}
        />
      ) : null}
      {skipped.length > 0 ? (
        <p class="muted break">
          {say.leftOut}:{' '}
          <span translate={false}>{skipped.map(({ signal, at }) => `${signal} (${at})`).join(', ')}</span>
        </p>
      ) : null}
      {kept.length > 0 ? (
        <>
          <h4>{say.ruleNotes}</h4>
          <ul class="plain">
            {kept.map(({ machine, signal, kind, action, words: rule }, index) => (
              <li key={index} class="break">
                <b translate={false}>{signal}</b> {words.correctionKinds[kind]} ·{' '}
                {words.correctionActions[action]}{' '}
                <small class="muted">
                  {rule[language]} <span translate={false}>{machine}</span>
                </small>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      {notes.length > 0 ? (
        <>
          <h4>{say.notes}</h4>
          <ul class="plain notes">
            {notes.map(({ code, machine, message }, index) => (
              <li key={index} class={SURPRISING.includes(code) ? 'trouble break' : 'break'}>
                {SURPRISING.includes(code) ? <span class="verdict failed">! </span> : null}
                {message[language]} <small class="muted">{machine}</small>
              </li>
            ))}
          </ul>
        </>
      ) : null}
    </div>
  );
}
