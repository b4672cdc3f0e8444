import { useState } from 'preact/hooks';
import { authorization, setToken } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';

/** Asks for the bearer token of a service that isn't open. It is kept for this tab only. */
export function TokenView() {
  const { words } = useSpeech();
  const [token, change] = useState('');
  // The view stands here because a request was refused; one that bore a token was refused for that token.
  const refused = 'authorization' in authorization();
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
      {refused ? (
        <p class="warning" role="alert">
          {words.wall.tokenRefused}
        </p>
      ) : null}
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
