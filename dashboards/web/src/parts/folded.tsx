import type { ComponentChildren } from 'preact';
import { useState } from 'preact/hooks';

/** Folded away; what it holds is made when it is opened, and may fold it again. */
export function Folded({
  summary,
  children,
}: {
  readonly summary: ComponentChildren;
  readonly children: (fold: () => void) => ComponentChildren;
}) {
  const [opened, open] = useState(false);
  return (
    <details class="folded" open={opened} onToggle={(event) => open(event.currentTarget.open)}>
      <summary>{summary}</summary>
      {opened ? children(() => open(false)) : null}
    </details>
  );
}
