import type { Bilingual } from './register.ts';

/** Units that are words; a unit that isn't here is said as it is written. */
const UNIT_NAMES: Readonly<Record<string, Bilingual>> = {
  'pieces/h': { zh: '件/小时', en: 'pieces/h' },
};

/** A unit as a person reads it. */
export const unitName = (unit: string): Bilingual =>
  Object.hasOwn(UNIT_NAMES, unit) ? (UNIT_NAMES[unit] as Bilingual) : { zh: unit, en: unit };
