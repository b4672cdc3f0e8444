import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

export type Language = 'zh' | 'en';

const WORDS: Readonly<Record<Language, Words>> = { zh, en };
const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };
const KEY = 'kaidong.language';

/** The chosen language; an address with `?lang=` wins, a language nobody has falls back to Chinese. */
export function initialLanguage(): Language {
  const asked = new URLSearchParams(location.search).get('lang') ?? localStorage.getItem(KEY);
  if (asked !== null) return asked.startsWith('en') ? 'en' : 'zh';
  return navigator.language.startsWith('en') ? 'en' : 'zh';
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language);
}

export interface Speech {
  readonly language: Language;
  readonly locale: string;
  readonly words: Words;
}

export const speechIn = (language: Language): Speech => ({
  language,
  locale: LOCALES[language],
  words: WORDS[language],
});

export const SpeechContext = createContext<Speech>(speechIn('zh'));
export const useSpeech = (): Speech => useContext(SpeechContext);

/** Fills `{name}` in a sentence. */
export const fill = (sentence: string, values: Readonly<Record<string, string | number>>): string =>
  sentence.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
