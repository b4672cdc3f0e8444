import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';
import type { ApiError } from '../api.ts';
import { fill, useSpeech } from '../i18n/index.ts';
import type { Words } from '../i18n/zh.ts';
import { useNow } from '../use-now.ts';

/** What stands where there is nothing to show: loading, empty, failed. */
export function Notice({ title, children }: { title: string; children?: ComponentChildren }) {
  return (
    <div class="notice">
      <p class="notice-title">{title}</p>
      {children}
    </div>
  );
}

/** An answer that takes longer than this is told to be late. */
const LATE_MS = 3000;

export function Loading() {
  const { words } = useSpeech();
  const [begun] = useState(Date.now);
  const waitedMs = useNow(1000) - begun;
  return (
    <p class={waitedMs > LATE_MS ? 'loading late' : 'loading'} role="status">
      {waitedMs > LATE_MS ? fill(words.wall.slow, { seconds: Math.floor(waitedMs / 1000) }) : words.loading}
    </p>
  );
}

export function Failure({ error, again }: { error: ApiError; again: () => void }) {
  const { words } = useSpeech();
  return (
    <div class="notice failure" role="alert">
      <p class="notice-title">{words.failed}</p>
      <p>{failureText(error, words)}</p>
      <button type="button" onClick={again}>
        {words.retry}
      </button>
    </div>
  );
}

function failureText({ status, code, message }: ApiError, words: Words): string {
  if (status === 0) return words.wall.noAnswerOnce;
  return code === 'answer-not-understood'
    ? `${words.wall.notUnderstood} (${message})`
    : `${message} (${code})`;
}
