import { useEffect, useState } from 'preact/hooks';

/** The views, and what their addresses say. Addresses live behind `#`, so that any base path and reload work. */
export type Route =
  | { readonly view: 'plant'; readonly scope: string }
  | { readonly view: 'machine'; readonly path: string; readonly window: string | null }
  | { readonly view: 'health' };

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parameters = new URLSearchParams(search);
  if (path === 'health') return { view: 'health' };
  if (path.startsWith('machines/')) {
    const segments = path.slice('machines/'.length).split('/').map(decode);
    return { view: 'machine', path: segments.join('/'), window: parameters.get('window') };
  }
  return { view: 'plant', scope: parameters.get('scope') ?? '' };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

export const plantAddress = (scope = ''): string => (scope ? `#/?${new URLSearchParams({ scope })}` : '#/');
export const healthAddress = '#/health';
export function machineAddress(path: string, window?: string): string {
  const encoded = path.split('/').map(encodeURIComponent).join('/');
  return `#/machines/${encoded}${window ? `?${new URLSearchParams({ window })}` : ''}`;
}

export function useRoute(): Route {
  const [route, setRoute] = useState(() => parseRoute(location.hash));
  useEffect(() => {
    const changed = (): void => setRoute(parseRoute(location.hash));
    addEventListener('hashchange', changed);
    return () => removeEventListener('hashchange', changed);
  }, []);
  return route;
}
