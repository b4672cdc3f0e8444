import { useEffect, useState } from 'preact/hooks';

/** The views, and what their addresses say. Addresses live behind `#`, so that any base path and reload work. */
export type Route =
  | { readonly view: 'plant'; readonly scope: string }
  | { readonly view: 'machine'; readonly path: string; readonly window: string | null }
  | { readonly view: 'health' }
  | { readonly view: 'programme'; readonly asked: ProgrammeQuestion }
  | { readonly view: 'pilot'; readonly pilot: string; readonly assessment: number | null }
  | {
      readonly view: 'indicator';
      readonly pilot: string;
      readonly indicator: string;
      readonly assessment: number | null;
    };

/** What the programme's page shows; `null`: everything, or what comes first. */
export interface ProgrammeQuestion {
  readonly rubric: string | null;
  readonly district: string | null;
  readonly industry: string | null;
  readonly programme: string | null;
  /** Id of the column, with `-` before it where the largest comes first. */
  readonly sort: string | null;
}
const PROGRAMME_FIELDS = ['rubric', 'district', 'industry', 'programme', 'sort'] as const;

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parameters = new URLSearchParams(search);
  if (path === 'health') return { view: 'health' };
  if (path === 'programme') {
    const asked = Object.fromEntries(PROGRAMME_FIELDS.map((name) => [name, parameters.get(name)]));
    return { view: 'programme', asked: asked as unknown as ProgrammeQuestion };
  }
  if (path.startsWith('pilots/')) {
    const [pilot = '', place, indicator] = path.slice('pilots/'.length).split('/').map(decode);
    const number = parameters.get('assessment');
    const assessment = number !== null && /^\d{1,15}$/.test(number) ? Number(number) : null;
    return place === 'indicators' && indicator
      ? { view: 'indicator', pilot, indicator, assessment }
      : { view: 'pilot', pilot, assessment };
  }
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
export function programmeAddress(asked: Partial<ProgrammeQuestion> = {}): string {
  const parameters = new URLSearchParams(
    PROGRAMME_FIELDS.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])),
  );
  return parameters.size > 0 ? `#/programme?${parameters}` : '#/programme';
}
const ofAssessment = (id: number | null): string => (id === null ? '' : `?assessment=${id}`);
export const pilotAddress = (pilot: string, assessment: number | null = null): string =>
  `#/pilots/${encodeURIComponent(pilot)}${ofAssessment(assessment)}`;
export const indicatorAddress = (pilot: string, indicator: string, assessment: number | null): string =>
  `#/pilots/${encodeURIComponent(pilot)}/indicators/${encodeURIComponent(indicator)}${ofAssessment(assessment)}`;
/** A machine's page for a stretch of time, in ms. */
export const machineSpanAddress = (path: string, { from, to }: { from: number; to: number }): string =>
  machineAddress(path, `${new Date(from).toISOString()}..${new Date(to).toISOString()}`);
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
