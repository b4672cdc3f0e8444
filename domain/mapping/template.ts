import { type Selector, selectorOf } from './selector.ts';

/** A piece of a template: text as it is, a named level of the topic, or something out of the payload. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'level'; readonly name: string; readonly fallback: string | null }
  | { readonly kind: 'payload'; readonly at: Selector; readonly fallback: string | null };

/** Text with places in braces: `acme/zhoushan/-/{line}/{/device/name|unknown}`. */
export interface Template {
  readonly text: string;
  readonly parts: readonly TemplatePart[];
}

/** Reads a template; what follows `|` stands where nothing is found. */
export function templateOf(text: string): Template | { readonly fault: string } {
  const parts: TemplatePart[] = [];
  let at = 0;
  for (const place of text.matchAll(/\{([^{}]*)\}/g)) {
    if (place.index > at) parts.push({ kind: 'text', text: text.slice(at, place.index) });
    const inside = place[1] as string;
    const bar = inside.indexOf('|');
    const what = bar === -1 ? inside : inside.slice(0, bar);
    const fallback = bar === -1 ? null : inside.slice(bar + 1);
    if (what === '')
      return { fault: '{} names nothing; write a level of the topic or a place in the payload in it' };
    if (/^[\^/$]/.test(what)) {
      const selector = selectorOf(what);
      if ('fault' in selector) return selector;
      if (selector.kind === 'query')
        return { fault: `{${what}} may find several values; name one place, such as {/device/name}` };
      parts.push({ kind: 'payload', at: selector, fallback });
    } else parts.push({ kind: 'level', name: what, fallback });
    at = place.index + place[0].length;
  }
  if (at < text.length) parts.push({ kind: 'text', text: text.slice(at) });
  const loose = parts.find((part) => part.kind === 'text' && /[{}]/.test(part.text));
  if (loose) return { fault: `"${text}" has a brace without its partner; close it` };
  return { text, parts };
}

/** Whether the topic alone decides what the template says. */
export const isOfTopic = ({ parts }: Template): boolean => parts.every(({ kind }) => kind !== 'payload');
