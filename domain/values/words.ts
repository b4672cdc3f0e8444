import type { CorrectionKind, RuledKind, RuleWords } from './correction.ts';
import type { ValueRule } from './rule.ts';

/** A rule of the configuration in words, as lists of corrections show it. */
export function ruleInWords(kind: RuledKind, rule: ValueRule): RuleWords {
  const unit = rule.unit === undefined ? '' : ` ${rule.unit}`;
  switch (kind) {
    case 'out-of-range': {
      const [least, most] = [rule.min ?? '…', rule.max ?? '…'];
      return { zh: `允许 ${least} 至 ${most}${unit}`, en: `${least} to ${most}${unit}` };
    }
    case 'jump':
      return {
        zh: `每秒最多变化 ${rule.maxStepPerSecond}${unit}`,
        en: `at most ${rule.maxStepPerSecond}${unit} a second`,
      };
    case 'thinned': {
      const { deadBand, minIntervalMs } = rule;
      const band =
        deadBand && ('amount' in deadBand ? `${deadBand.amount}${unit}` : `${deadBand.share * 100} %`);
      const words = [
        ...(band ? [{ zh: `死区 ${band}`, en: `dead band ${band}` }] : []),
        ...(minIntervalMs === undefined
          ? []
          : [{ zh: `至少间隔 ${minIntervalMs} 毫秒`, en: `at most one in ${minIntervalMs} ms` }]),
      ];
      return { zh: words.map(({ zh }) => zh).join('，'), en: words.map(({ en }) => en).join(', ') };
    }
  }
}

/** The kinds of which a series goes on having more: so many of an hour stand one by one, those that follow are counted. */
export const LISTED_EACH_HOUR: Readonly<Partial<Record<CorrectionKind, number>>> = {
  coerced: 1,
  clock: 1,
  'read-as': 1,
  unusable: 10,
  reset: 10,
  rollover: 10,
  implausible: 10,
  unmapped: 10,
};
