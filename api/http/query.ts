import { Problem } from '../problem.ts';

/**
 * Reads the query of a URL: the first value of each name, and the names given more than once. `+` is a space, as in
 * HTML forms. Throws the problem `url-malformed` where a percent encoding is broken, instead of guessing as `URLSearchParams` does.
 */
export function readQuery(url: string): { values: Map<string, string>; repeated: ReadonlySet<string> } {
  const values = new Map<string, string>();
  const repeated = new Set<string>();
  const start = url.indexOf('?');
  const pairs = start < 0 ? [] : url.slice(start + 1).split('&');
  for (const pair of pairs.filter((pair) => pair !== '')) {
    const equals = pair.indexOf('=');
    const name = decoded(equals < 0 ? pair : pair.slice(0, equals));
    if (values.has(name)) repeated.add(name);
    else values.set(name, equals < 0 ? '' : decoded(pair.slice(equals + 1)));
  }
  return { values, repeated };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    throw new Problem(
      'url-malformed',
      `"${text.slice(0, 80)}" is no percent-encoded UTF-8; write %25 for a percent sign.`,
    );
  }
}
