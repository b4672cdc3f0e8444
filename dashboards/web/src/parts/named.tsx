import type { ComponentChildren } from 'preact';

/** The name of an order or a product as the plant gives it, which nobody translates; a dash for none. */
export const Named = ({ children }: { readonly children?: ComponentChildren }) => (
  <span translate={false}>{children ?? '–'}</span>
);
