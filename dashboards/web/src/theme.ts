import { useEffect, useLayoutEffect, useState } from 'preact/hooks';

export type Theme = 'light' | 'dark';

const KEY = 'kaidong.theme';
const DARK = '(prefers-color-scheme: dark)';

function remembered(): Theme | undefined {
  const theme = localStorage.getItem(KEY);
  return theme === 'light' || theme === 'dark' ? theme : undefined;
}

/** The theme that was chosen here; until one is, what the system prefers, also when that changes in the evening. */
export function useTheme(): readonly [Theme, () => void] {
  const [chosen, choose] = useState(remembered);
  const [system, setSystem] = useState<Theme>(() => (matchMedia(DARK).matches ? 'dark' : 'light'));
  const theme = chosen ?? system;
  useEffect(() => {
    const preference = matchMedia(DARK);
    const changed = (): void => setSystem(preference.matches ? 'dark' : 'light');
    preference.addEventListener('change', changed);
    return () => preference.removeEventListener('change', changed);
  }, []);
  // Before anything is painted: a dark hall is not lit up for a moment.
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = theme;
  }, [theme]);
  const other = (): void => {
    const next = theme === 'dark' ? 'light' : 'dark';
    localStorage.setItem(KEY, next);
    choose(next);
  };
  return [theme, other];
}
