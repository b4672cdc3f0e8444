import { useState } from 'preact/hooks';

const KEY = 'kaidong.name';

/** The name that a person signs with, remembered in this browser. */
export function useName(): readonly [string, (name: string) => void] {
  const [name, change] = useState(() => localStorage.getItem(KEY) ?? '');
  return [
    name,
    (next) => {
      localStorage.setItem(KEY, next);
      change(next);
    },
  ];
}
