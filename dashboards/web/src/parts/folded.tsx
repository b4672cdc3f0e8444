import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Folded away; what it holds is made when it is first opened. */
export function Folded({ summary, children }: { summary: string; children: () => ComponentChildren }) {
  const [opened, open] = useState(false);
  return (
    <details class="folded" onToggle={(event) => event.currentTarget.open && open(true)}>
      <summary>{summary}</summary>
      {opened ? children() : null}
    </details>
  );
}
