import { useState } from 'preact/hooks';
import { openDiscrepancies } from '../../../../../domain/assess/open-discrepancies.ts';
import type { Assessed } from '../../assess/assessed.ts';
import { fill } from '../../i18n/index.ts';
import { EntryForm } from '../../parts/entry-form.tsx';

/** Publishing closes the assessment, so it is asked twice. */
export function Publish({ assessed: { stored, voice, again } }: { assessed: Assessed }) {
  const { words } = voice;
  const [sure, ask] = useState(false);
  if (stored.publishedAt !== null) return null;
  const open = openDiscrepancies(stored.assessment).length;
  return (
    <div class="action">
      <h3>{words.assess.publish}</h3>
      {sure ? (
        <>
          <p class="warning">
            {words.assess.publishHint} {open > 0 ? fill(words.assess.publishOpen, { count: open }) : ''}
          </p>
          <EntryForm
            path={`/assessments/${stored.id}/publish`}
            body={{}}
            note={false}
            submit={words.assess.publishSure}
            done={again}
          >
            <button type="button" onClick={() => ask(false)}>
              {words.assess.cancel}
            </button>
          </EntryForm>
        </>
      ) : (
        <button type="button" onClick={() => ask(true)}>
          {words.assess.publish}…
        </button>
      )}
    </div>
  );
}
