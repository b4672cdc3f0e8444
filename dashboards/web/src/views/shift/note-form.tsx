import { useState } from 'preact/hooks';
import { LONGEST_NAME, LONGEST_NOTE } from '../../../../../domain/handover.ts';
import { ask, type HandoverNote, type ShiftReport } from '../../api.ts';
import { useName } from '../../assess/name.ts';
import { refusalText } from '../../assess/refusal.ts';
import { fill, useSpeech } from '../../i18n/index.ts';

/** Adds a note, or corrects one. What was typed stays until the service has it. */
export function NoteForm({
  shift: { line, day, shift },
  corrects,
  place,
  done,
}: {
  readonly shift: Pick<ShiftReport, 'line' | 'day' | 'shift'>;
  readonly corrects: HandoverNote | null;
  /** Of the note that is corrected, as it is counted on the page. */
  readonly place: number;
  readonly done: (added: boolean) => void;
}) {
  const { words } = useSpeech();
  const [by, sign] = useName();
  const [text, write] = useState(corrects?.text ?? '');
  const [refused, refuse] = useState('');
  const [busy, work] = useState(false);
  const post = async (): Promise<void> => {
    work(true);
    refuse('');
    try {
      const place = { line, day, ...(shift === null ? {} : { shift }) };
      await ask<HandoverNote>('/handover-notes', {
        body: { ...place, text, by, ...(corrects ? { corrects: corrects.id } : {}) },
      });
      write('');
      done(true);
    } catch (error) {
      refuse(refusalText(error, words));
    }
    work(false);
  };
  return (
    <form
      class="entry note-form"
      onSubmit={(event) => {
        event.preventDefault();
        void post();
      }}
    >
      {corrects ? <p class="muted">{fill(words.shiftReport.correcting, { place })}</p> : null}
      <label>
        {words.shiftReport.note}
        <textarea
          required
          rows={3}
          maxLength={LONGEST_NOTE}
          value={text}
          onInput={(event) => write(event.currentTarget.value)}
        />
      </label>
      <label>
        {words.assess.yourName}
        <input
          required
          maxLength={LONGEST_NAME}
          autocomplete="name"
          value={by}
          onInput={(event) => sign(event.currentTarget.value)}
        />
      </label>
      <p>
        <button type="submit" class="primary" disabled={busy}>
          {corrects ? words.shiftReport.correct : words.shiftReport.add}
        </button>{' '}
        {corrects ? (
          <button type="button" onClick={() => done(false)}>
            {words.shiftReport.keepAsItIs}
          </button>
        ) : null}
      </p>
      {refused ? (
        <p role="alert" class="warning">
          {refused}
        </p>
      ) : null}
    </form>
  );
}
