import type { SignalValue } from '../../domain/observation.ts';

const MAX_TEXTS = 50_000;
const MAX_TEXT_LENGTH = 256;

/** What a code can't tell: the cell holds something, but only the store knows what. */
const OPAQUE = Number.POSITIVE_INFINITY;

/**
 * Values as one number each, equal exactly where the values of one series are equal: doubles and booleans as they are,
 * texts by a number of their own, integers beyond 2^53 as such a number and a half.
 */
export function createValueCodes(mostTexts = MAX_TEXTS) {
  const numbers = new Map<string, number>();
  /** The texts of the numbers from `firstKnown` on. */
  let texts: string[] = [];
  let next = 1;
  let firstKnown = 1;

  function numberOf(text: string): number {
    const known = numbers.get(text);
    if (known !== undefined) return known;
    if (text.length > MAX_TEXT_LENGTH) return OPAQUE;
    if (numbers.size >= mostTexts) {
      numbers.clear();
      texts = [];
      firstKnown = next;
    }
    numbers.set(text, next);
    texts.push(text);
    return next++;
  }

  return {
    codeOf(value: SignalValue): number {
      switch (typeof value) {
        case 'number':
          return value;
        case 'boolean':
          return value ? 1 : 0;
        case 'string':
          return numberOf(value);
        default: {
          const number = Number(value);
          return Number.isSafeInteger(number) ? number : numberOf(String(value)) + 0.5;
        }
      }
    },

    /** What a code that tells its value stands for; `like` is a value of the same series. */
    valueOf(code: number, like: SignalValue): SignalValue | null {
      if (typeof like === 'number') return code;
      if (typeof like === 'boolean') return code === 1;
      if (typeof like === 'bigint' && Number.isInteger(code)) return BigInt(code);
      const text = texts[Math.floor(code) - firstKnown];
      if (text === undefined) return null;
      return typeof like === 'bigint' ? BigInt(text) : text;
    },

    /** Whether a cell's code still says which value it holds; `like` is a value of the same series. */
    tells(code: number, like: SignalValue): boolean {
      if (code === OPAQUE) return false;
      if (typeof like === 'string') return code >= firstKnown;
      // Only integers beyond 2^53 have a half, and only in a series of integers.
      return typeof like !== 'bigint' || Number.isInteger(code) || code >= firstKnown;
    },
  };
}

export type ValueCodes = ReturnType<typeof createValueCodes>;
