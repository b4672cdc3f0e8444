/** Where in a payload a value is: a chain of names and places, or a query that may find several. */
export type Selector = (
  | { readonly kind: 'steps'; readonly steps: readonly (string | number)[] }
  | { readonly kind: 'query'; readonly query: string }
) & {
  /** As it was written. */
  readonly text: string;
  /** From the payload's root, also where each element of an array is read by itself. */
  readonly root: boolean;
};

/**
 * Reads a JSON Pointer (RFC 6901) or a JSONPath (RFC 9535); `^` before it begins at the root of the payload. A JSONPath
 * that leads to one place becomes steps; whether another one is well-formed only a JSONPath library can tell.
 */
export function selectorOf(text: string): Selector | { readonly fault: string } {
  const root = text.startsWith('^');
  const path = root ? text.slice(1) : text;
  if (path === '') return { kind: 'steps', steps: [], text, root };
  if (path.startsWith('/')) {
    if (/~(?![01])/.test(path))
      return { fault: `"${text}" has a ~ that is neither ~0 nor ~1 (RFC 6901, 3); write ~0 for a ~` };
    const steps = path
      .slice(1)
      .split('/')
      .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'));
    return { kind: 'steps', steps, text, root };
  }
  if (path.startsWith('$')) {
    const steps = singular(path.slice(1));
    return steps ? { kind: 'steps', steps, text, root } : { kind: 'query', query: path, text, root };
  }
  return {
    fault: `"${text}" leads nowhere; write a JSON Pointer such as /data/temp, or a JSONPath such as $.data.temp`,
  };
}

const SEGMENT =
  /^(?:\.([A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)|\['([^'\\]*)'\]|\["([^"\\]*)"\]|\[(0|-?[1-9]\d*)\])/;

/** The steps of a JSONPath that has only plain names and indices; `undefined`: it has more. */
function singular(path: string): readonly (string | number)[] | undefined {
  const steps: (string | number)[] = [];
  for (let rest = path; rest !== ''; ) {
    const found = SEGMENT.exec(rest);
    if (!found) return undefined;
    const [whole, ...kinds] = found;
    const index = kinds[3];
    steps.push(index === undefined ? (kinds.find((kind) => kind !== undefined) as string) : Number(index));
    rest = rest.slice(whole.length);
  }
  return steps;
}

/** What stands where the steps lead; `undefined`: nothing does. */
export function follow(steps: readonly (string | number)[], value: unknown): unknown {
  let here = value;
  for (const step of steps) {
    if (typeof here !== 'object' || here === null) return undefined;
    if (Array.isArray(here)) {
      const index = typeof step === 'number' ? step : /^(0|[1-9]\d*)$/.test(step) ? Number(step) : Number.NaN;
      here = here.at(Number.isNaN(index) ? here.length : index);
    } else if (typeof step === 'string' && Object.hasOwn(here, step)) {
      here = (here as Record<string, unknown>)[step];
    } else return undefined;
  }
  return here;
}
