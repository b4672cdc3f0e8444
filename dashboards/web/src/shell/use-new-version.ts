import { useEffect, useState } from 'preact/hooks';
import { addressOf } from '../api.ts';

const EVERY_MS = 600_000;
const TIMEOUT_MS = 10_000;

/** The page's script, whose name holds a hash of its content. */
export const scriptOf = (html: string): string | undefined =>
  /<script[^>]+src="(?:[^"]*\/)?(assets\/[^"]+\.js)"/.exec(html)?.[1];

/** Whether the service brings another page than this one: it was updated meanwhile. Asked on each new connection. */
export function useNewVersion(connected: boolean): boolean {
  const [isNew, setNew] = useState(false);
  useEffect(() => {
    if (!connected || isNew) return;
    const look = async (): Promise<void> => {
      try {
        const response = await fetch(addressOf('.'), {
          headers: { accept: 'text/html' },
          signal: AbortSignal.timeout(TIMEOUT_MS),
        });
        const brought = scriptOf(await response.text());
        const own = scriptOf(document.documentElement.outerHTML);
        if (response.ok && brought && own && brought !== own) setNew(true);
      } catch {
        // The next connection asks again.
      }
    };
    void look();
    const timer = setInterval(look, EVERY_MS);
    return () => clearInterval(timer);
  }, [connected, isNew]);
  return isNew;
}
