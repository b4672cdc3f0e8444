import type { ComponentChildren } from 'preact';
import type { ApiError } from '../api.ts';
import { useSpeech } from '../i18n/index.ts';

/** What stands where there is nothing to show: loading, empty, failed. */
export function Notice({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

export function Loading() {
  const { words } = useSpeech();
  return (
    <p class="loading" role="status">
      {words.loading}
    </p>
  );
}

export function Failure({ error, again }: { error: ApiError; again: () => void }) {
  const { words } = useSpeech();
  return (
    <div class="notice failure" role="alert">
      <p class="notice-title">{words.failed}</p>
      <p>{error.status === 0 ? words.noAnswer : `${error.message} (${error.code})`}</p>
      <button type="button" onClick={again}>
        {words.retry}
      </button>
    </div>
  );
}
