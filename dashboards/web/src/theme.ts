export type Theme = 'light' | 'dark';

const KEY = 'kaidong.theme';

/** The remembered theme, else what the system prefers. */
export function initialTheme(): Theme {
  const remembered = localStorage.getItem(KEY);
  if (remembered === 'light' || remembered === 'dark') return remembered;
  return matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
}

export const rememberTheme = (theme: Theme): void => localStorage.setItem(KEY, theme);
