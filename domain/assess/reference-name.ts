import { GROUP_NAMES } from './groups.ts';
import { knownMeasure } from './measure-of.ts';
import type { Bilingual } from './register.ts';
import type { MeasureReference } from './rubric.ts';
import { termsOf } from './terms.ts';

/** The title; with the group where it isn't all equipment, and the days where it isn't the whole period. */
export function referenceName(what: MeasureReference): Bilingual {
  const { title } = termsOf(what);
  if ('register' in what) return title;
  const { of } = knownMeasure(what.measure);
  const { group, window } = what;
  const marks: Bilingual[] = [];
  if (of !== 'processes' && group !== 'registered') marks.push(GROUP_NAMES[of][group]);
  if (window !== 'period')
    marks.push({ zh: `最后 ${window.lastDays} 天`, en: `last ${window.lastDays} days` });
  if (marks.length === 0) return title;
  return {
    zh: `${title.zh}（${marks.map(({ zh }) => zh).join('，')}）`,
    en: `${title.en} (${marks.map(({ en }) => en).join(', ')})`,
  };
}
