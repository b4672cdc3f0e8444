import { useState } from 'preact/hooks';
import type { HandoverNote, ShiftReport } from '../../api.ts';
import { moment } from '../../format.ts';
import { fill, useSpeech } from '../../i18n/index.ts';
import { PRINTED } from '../../line/print-limits.ts';
import { AndMore, beyond } from './beyond.tsx';
import { NoteForm } from './note-form.tsx';

/** What the shift hands over, the newest first, with what corrections replaced; and a form for more. */
export function ShiftNotes({ report, again }: { readonly report: ShiftReport; readonly again: () => void }) {
  const { words, locale } = useSpeech();
  const [corrected, correct] = useState<HandoverNote | null>(null);
  const notes = report.notes.toReversed();
  return (
    <section class="shift-notes" aria-labelledby="shift-notes-title">
      <h2 id="shift-notes-title">{words.shiftReport.notes}</h2>
      {notes.length === 0 ? <p class="muted">{words.shiftReport.noNotes}</p> : null}
      <ol>
        {notes.map((note, place) => (
          <li key={note.id} class={beyond(place, PRINTED.notes)}>
            <p class="note-text break">{note.text}</p>
            <p class="muted">
              {note.by} · {moment(note.at, locale, report.zone)}
              {note.earlier.length > 0
                ? ` · ${fill(words.shiftReport.corrected, { count: note.earlier.length })}`
                : ''}{' '}
              <button type="button" class="small" onClick={() => correct(note)}>
                {words.shiftReport.correct}
              </button>
            </p>
            {note.earlier.length > 0 ? (
              <details>
                <summary>{fill(words.shiftReport.corrected, { count: note.earlier.length })}</summary>
                {note.earlier.map((said) => (
                  <p key={said.at} class="muted break">
                    <del>{said.text}</del> {said.by} · {moment(said.at, locale, report.zone)}
                  </p>
                ))}
              </details>
            ) : null}
          </li>
        ))}
      </ol>
      <AndMore count={notes.length} printed={PRINTED.notes} />
      <NoteForm
        key={corrected?.id ?? 'new'}
        shift={report}
        corrects={corrected}
        place={corrected ? report.notes.findIndex(({ id }) => id === corrected.id) + 1 : 0}
        done={(added) => {
          correct(null);
          if (added) again();
        }}
      />
    </section>
  );
}
