import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import { en } from './en.ts';
import { type Words, zh } from './zh.ts';

export type Language = 'zh' | 'en';

const WORDS: Readonly<Record<Language, Words>> = { zh, en };
const LOCALES: Readonly<Record<Language, string>> = { zh: 'zh-CN', en: 'en-GB' };
const KEY = 'kaidong.language';

/** The language to begin with, and one that was asked for though nobody has it. */
export interface FirstLanguage {
  readonly language: Language;
  readonly missing: string | null;
}

/** What the address asks for by `?lang=` wins, then what was chosen here before, then what the browser speaks. */
export function firstLanguage(): FirstLanguage {
  const asked = new URLSearchParams(location.search).get('lang');
  const spoken = asked === null ? undefined : languageOf(asked);
  if (spoken) rememberLanguage(spoken);
  if (asked !== null) forgetAsked();
  const language = spoken ?? languageOf(localStorage.getItem(KEY) ?? '') ?? languageOfBrowser();
  return { language, missing: asked !== null && !spoken ? asked.slice(0, 40) : null };
}

/** `zh`, `en`, or either with a region, e.g. `zh-Hans-CN`. */
export const languageOf = (tag: string): Language | undefined =>
  (['zh', 'en'] as const).find((language) => new RegExp(`^${language}([-_]|$)`, 'i').test(tag));

function languageOfBrowser(): Language {
  for (const tag of navigator.languages) {
    const language = languageOf(tag);
    if (language) return language;
  }
  return 'zh';
}

/**
 * Takes `?lang=` out of the address. The page's links are resolved against its base, which has none: with it, each link would
 * load the page anew.
 */
function forgetAsked(): void {
  const address = new URL(location.href);
  address.searchParams.delete('lang');
  history.replaceState(history.state, '', address);
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
