import { kaidong } from './kaidong.ts';
import type { Language, LanguageName } from './language.ts';
import { lineProtocol } from './line-protocol.ts';
import { ownJson } from './own-json.ts';
import { sparkplug } from './sparkplug.ts';
import { umh } from './umh.ts';

/** Every language, the default one first. */
export const LANGUAGES: readonly Language[] = [kaidong, sparkplug, lineProtocol, umh, ownJson];

/** Which share of the lines speaks what. */
export type Speech = readonly { readonly language: LanguageName; readonly share: number }[];

export const DEFAULT_SPEECH: Speech = [{ language: 'kaidong', share: 1 }];

/** Reads `sparkplug`, `kaidong,umh` (equal shares) or `kaidong=0.7,umh=0.3`. `undefined` where it is none of these. */
export function parseSpeech(text: string): Speech | undefined {
  const parts = text.split(',').map((part) => part.trim().split('='));
  const speech: { language: LanguageName; share: number }[] = [];
  for (const [name, share = '1', ...rest] of parts) {
    const known = LANGUAGES.find(({ id }) => id === name);
    const number = /^\d*\.?\d+$/.test(share) ? Number(share) : Number.NaN;
    if (!known || rest.length > 0 || !(number > 0) || speech.some(({ language }) => language === known.id)) {
      return undefined;
    }
    speech.push({ language: known.id, share: number });
  }
  return speech;
}
