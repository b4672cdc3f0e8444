import type { ComponentChildren } from 'preact';
import { useErrorBoundary } from 'preact/hooks';
import { useSpeech } from '../i18n/index.ts';

/** Keeps an error of one view from taking the rest of the page with it. */
export function Boundary({ children }: { readonly children: ComponentChildren }) {
  const { words } = useSpeech();
  const [error, again] = useErrorBoundary();
  if (error === undefined) return <>{children}</>;
  return (
    <div class="notice failure" role="alert">
      <h1 class="notice-title">{words.wall.broken}</h1>
      <p>{words.wall.brokenHint}</p>
      <pre class="told">{String(error)}</pre>
      <button type="button" onClick={again}>
        {words.retry}
      </button>
    </div>
  );
}
