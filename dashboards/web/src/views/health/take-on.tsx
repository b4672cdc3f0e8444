import { useState } from 'preact/hooks';
import { ApiError, ask } from '../../api.ts';
import { useName } from '../../assess/name.ts';
import { refusalText } from '../../assess/refusal.ts';
import { useSpeech } from '../../i18n/index.ts';

/** Takes an alert on, by name, and with a word on what is done where there is one. */
export function TakeOn({
  id,
  cancel,
  done,
}: {
  readonly id: number;
  readonly cancel: () => void;
  readonly done: () => void;
}) {
  const { words } = useSpeech();
  const say = words.alerting;
  const [by, sign] = useName();
  const [note, write] = useState('');
  const [refused, refuse] = useState('');
  const [busy, work] = useState(false);
  const post = async (): Promise<void> => {
    work(true);
    refuse('');
    try {
      const said = note.trim() === '' ? { by } : { by, note };
      await ask(`/notifications/${id}/acknowledge`, { body: said });
      done();
    } catch (error) {
      const late = error instanceof ApiError && error.code === 'notification-not-firing';
      refuse(late ? say.notTaken : refusalText(error, words));
    }
    work(false);
  };
  return (
    <form
      class="entry take-on"
      onSubmit={(event) => {
        event.preventDefault();
        void post();
      }}
    >
      <div class="fields">
        <label>
          {say.whoCares}
          <input
            required
            maxLength={100}
            autocomplete="name"
            value={by}
            onInput={(event) => sign(event.currentTarget.value)}
          />
        </label>
        <label class="wide">
          {say.whatIsDone}
          <input maxLength={2000} value={note} onInput={(event) => write(event.currentTarget.value)} />
        </label>
        <button type="submit" class="primary touch" disabled={busy}>
          {say.takeOn}
        </button>
        <button type="button" class="touch" onClick={cancel}>
          {say.cancel}
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
