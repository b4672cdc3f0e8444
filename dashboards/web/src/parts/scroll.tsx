import type { ComponentChildren } from 'preact';

/** A part that scrolls by itself, reachable by keyboard as WCAG 2.1.1 asks. */
export function Scroll({ name, children }: { name: string; children: ComponentChildren }) {
  return (
    <section class="scroll" aria-label={name} tabIndex={0}>
      {children}
    </section>
  );
}
