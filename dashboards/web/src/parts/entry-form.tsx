import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import { ask } from '../api.ts';
import { useName } from '../assess/name.ts';
import { refusalText } from '../assess/refusal.ts';
import { useSpeech } from '../i18n/index.ts';

/** A form that posts something to an assessment, signed with a name; what is refused is said in words. */
export function EntryForm<T>({
  path,
  body,
  submit,
  note: withNote = true,
  children,
  done,
}: {
  readonly path: string;
  /** What is posted besides note and name. */
  readonly body: Readonly<Record<string, string>>;
  readonly submit: string;
  /** Whether a reason is asked for. */
  readonly note?: boolean;
  readonly children?: ComponentChildren;
  readonly done: (answer: T) => void;
}) {
  const { words } = useSpeech();
  const [by, sign] = useName();
  const [note, write] = useState('');
  const [refused, refuse] = useState('');
  const [busy, work] = useState(false);
  const post = async (): Promise<void> => {
    work(true);
    refuse('');
    try {
      const answer = await ask<T>(path, { body: { ...body, ...(withNote ? { note } : {}), by } });
      write('');
      done(answer);
    } catch (error) {
      refuse(refusalText(error, words));
    }
    work(false);
  };
  return (
    <form
      class="entry"
      onSubmit={(event) => {
        event.preventDefault();
        void post();
      }}
    >
      <div class="fields">
        {children}
        {withNote ? (
          <label class="wide">
            {words.assess.note}
            <input
              required
              maxLength={2000}
              value={note}
              onInput={(event) => write(event.currentTarget.value)}
            />
          </label>
        ) : null}
        <label>
          {words.assess.yourName}
          <input
            required
            maxLength={100}
            autocomplete="name"
            value={by}
            onInput={(event) => sign(event.currentTarget.value)}
          />
        </label>
        <button type="submit" class="primary" disabled={busy}>
          {submit}
        </button>
      </div>
      {refused ? (
        <p role="alert" class="warning">
          {refused}
        </p>
      ) : null}
    </form>
  );
}
