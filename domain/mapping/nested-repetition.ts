/** One piece of a pattern: a character, a class, a group. */
interface Atom {
  readonly text: string;
  /** It stands for this character and no other; `null`: for more. */
  readonly literal: string | null;
  /** A repetition within it that nothing else holds apart, as it is written; `null`: none. */
  readonly loose: string | null;
}

/** What stands between two `|`. */
interface Branch {
  /** Characters that must be there. */
  readonly required: string[];
  /** What is repeated within it, and how often that is written. */
  readonly repeated: { readonly atom: Atom; readonly text: string }[];
}

const QUANTIFIER = /^(?:[*+?]|\{(\d+)(,(\d*))?\})/;

/** Whether a quantifier may take what it stands behind once or several times, as it likes. */
function isFree([text, least, comma, most]: RegExpExecArray): boolean {
  if (text === '*' || text === '+') return true;
  if (text === '?' || comma === undefined) return false;
  return most === '' || (Number(most) > Number(least) && Number(most) > 1);
}

const isOptional = ([text, least]: RegExpExecArray): boolean =>
  text === '*' || text === '?' || Number(least) === 0;

/**
 * The part of a regular expression (RFC 9485) that repeats what is repeated within it, with nothing that tells one round from the next,
 * such as `(a*)*` or `(\d+|x)+`: on a text that doesn't match, it tries twice as many ways with each further character. `undefined`:
 * there is none. A repetition that ends with a character of its own, such as `(\d+\.)*`, is sound.
 */
export function nestedRepetition(pattern: string): string | undefined {
  let at = 0;
  let found: string | undefined;

  function atom(): Atom {
    const from = at;
    const first = pattern[at++] as string;
    if (first === '(') {
      if (pattern.startsWith('?:', at)) at += 2;
      const loose = alternatives();
      at++;
      return { text: pattern.slice(from, at), literal: null, loose };
    }
    if (first === '[') {
      for (let isFirst = true; at < pattern.length && (isFirst || pattern[at] !== ']'); at++) {
        if (pattern[at] === '\\') at++;
        else if (isFirst && pattern[at] === '^') continue;
        isFirst = false;
      }
      at++;
      return { text: pattern.slice(from, at), literal: null, loose: null };
    }
    if (first === '\\') {
      const escaped = pattern[at++] ?? '';
      if (/[pP]/.test(escaped) && pattern[at] === '{') at = pattern.indexOf('}', at) + 1 || pattern.length;
      const isLiteral = !/[a-zA-Z]/.test(escaped);
      return { text: pattern.slice(from, at), literal: isLiteral ? escaped : null, loose: null };
    }
    return { text: first, literal: first === '.' ? null : first, loose: null };
  }

  /** Up to the end of the group; gives a repetition that a round of the group may consist of. */
  function alternatives(): string | null {
    let loose: string | null = null;
    let branch: Branch = { required: [], repeated: [] };
    const end = (): void => {
      loose ??= looseIn(branch);
      branch = { required: [], repeated: [] };
    };
    while (at < pattern.length && pattern[at] !== ')') {
      if (pattern[at] === '|') {
        at++;
        end();
        continue;
      }
      const from = at;
      const one = atom();
      const quantifier = QUANTIFIER.exec(pattern.slice(at));
      if (quantifier) at += quantifier[0].length;
      const text = pattern.slice(from, at);
      const isRepeated = quantifier !== null && isFree(quantifier);
      if (isRepeated && one.loose !== null) found ??= text;
      if (isRepeated || one.loose !== null) branch.repeated.push({ atom: one, text });
      else if (one.literal !== null && !(quantifier && isOptional(quantifier)))
        branch.required.push(one.literal);
    }
    end();
    return loose;
  }

  alternatives();
  return found;
}

/** A repetition of the branch that none of its characters holds apart from the next round. */
function looseIn({ required, repeated }: Branch): string | null {
  for (const { atom, text } of repeated) {
    if (!required.some((character) => !mayBe(atom, character))) return text;
  }
  return null;
}

/** Whether what is repeated may go on over a character. */
function mayBe({ text, literal }: Atom, character: string): boolean {
  if (literal !== null) return literal === character;
  try {
    return new RegExp(`^(?:${text})$`, 'u').test(character) || text.startsWith('(');
  } catch {
    return true;
  }
}
