import { benefitNamed } from './benefits/index.ts';
import { measureNamed } from './measures/index.ts';
import type { Bilingual } from './register.ts';

/** The name of what a declared figure is about; one that nobody knows stands for itself. */
export const titleOfFigure = (id: string): Bilingual =>
  (measureNamed(id) ?? benefitNamed(id))?.title ?? { zh: id, en: id };
