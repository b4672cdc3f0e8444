import { kaidong } from './kaidong.ts';
import type { Language } from './language.ts';

/** Every language, plain ones first. */
export const LANGUAGES: readonly Language[] = [kaidong];
