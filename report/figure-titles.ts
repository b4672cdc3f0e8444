import { benefitNamed } from '../domain/assess/benefits/index.ts';
import { measureNamed } from '../domain/assess/measures/index.ts';
import type { Bilingual } from '../domain/assess/register.ts';

/** The name of what a declared figure is about; one that nobody knows stands for itself. */
export const titleOfFigure = (id: string): Bilingual =>
  (measureNamed(id) ?? benefitNamed(id))?.title ?? { zh: id, en: id };
