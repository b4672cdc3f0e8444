import type { Evidence } from '../evidence.ts';
import { GROUP_NAMES } from '../groups.ts';
import { knownMeasure, measureOf } from '../measure-of.ts';
import type { Bilingual } from '../register.ts';
import type { MeasureReference } from '../rubric.ts';
import { termsOf } from '../terms.ts';
import { type Instrument, type Instruments, referenceKey } from './instrument.ts';

/** The measures and the register, read off this evidence; each reference once. */
export function instrumentsOf(evidence: Evidence): Instruments {
  const read = new Map<string, Instrument>();
  return (what) => {
    const key = referenceKey(what);
    const before = read.get(key);
    if (before) return before;
    const { unit, max } = termsOf(what);
    const instrument = { name: nameOf(what), unit, max, measured: measureOf(what, evidence) };
    read.set(key, instrument);
    return instrument;
  };
}

/** The title; with the group where it isn't all equipment, and the days where it isn't the whole period. */
function nameOf(what: MeasureReference): Bilingual {
  const { title } = termsOf(what);
  if ('register' in what) return title;
  const { of } = knownMeasure(what.measure);
  const { group, window } = what;
  const marks: Bilingual[] = [];
  if (of !== 'processes' && group !== 'registered') marks.push(GROUP_NAMES[of][group]);
  if (window !== 'period') {
    marks.push({ zh: `最后 ${window.lastDays} 天`, en: `last ${window.lastDays} days` });
  }
  if (marks.length === 0) return title;
  return {
    zh: `${title.zh}（${marks.map(({ zh }) => zh).join('，')}）`,
    en: `${title.en} (${marks.map(({ en }) => en).join(', ')})`,
  };
}
