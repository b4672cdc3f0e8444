/** The order in which orders are listed: by code point, as databases compare text, so that a page begins where the last one ended. */
export function compareNames(a: string, b: string): number {
  for (let at = 0; at < a.length && at < b.length; at++) {
    if (a.charCodeAt(at) !== b.charCodeAt(at)) {
      return (a.codePointAt(at) as number) - (b.codePointAt(at) as number);
    }
  }
  return a.length - b.length;
}
