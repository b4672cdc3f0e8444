import { useState } from 'preact/hooks';
import { setToken } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';

/** Asks for the bearer token of a service that isn't open. It is kept for this tab only. */
export function TokenView() {
  const { words } = useSpeech();
  const [token, change] = useState('');
  return (
    <form
      class="notice"
      onSubmit={(event) => {
        event.preventDefault();
        setToken(token.trim());
        location.reload();
      }}
    >
      <p class="notice-title">{words.tokenNeeded}</p>
      <p>{words.tokenHint}</p>
      <label>
        {words.token}
        <input
          type="password"
          autocomplete="off"
          required
          value={token}
          onInput={(event) => change(event.currentTarget.value)}
        />
      </label>
      <button type="submit">{words.enter}</button>
    </form>
  );
}
