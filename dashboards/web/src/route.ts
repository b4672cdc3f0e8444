import { useEffect, useState } from 'preact/hooks';
import { STATES } from '../../../domain/state.ts';
import { GROUPINGS, type PlantQuestion, SORTS } from './plant/arrange.ts';

/** The views, and what their addresses say. Addresses live behind `#`, so that any base path and reload work. */
export type Route =
  | { readonly view: 'plant'; readonly question: PlantQuestion }
  | { readonly view: 'line'; readonly scope: string; readonly asked: LineQuestion }
  | { readonly view: 'calendar'; readonly scope: string; readonly month: string | null }
  | ({ readonly view: 'shift'; readonly line: string } & ShiftAsked)
  | ({ readonly view: 'machine'; readonly path: string } & MachineQuestion)
  | ({ readonly view: 'observations'; readonly path: string } & ObservationsQuestion)
  | { readonly view: 'orders'; readonly asked: OrdersQuestion }
  | { readonly view: 'health'; readonly asked: HealthQuestion }
  | { readonly view: 'explain'; readonly topic: string; readonly payload: string | null }
  | { readonly view: 'programme'; readonly asked: ProgrammeQuestion }
  | ({ readonly view: 'pilot'; readonly pilot: string } & PilotQuestion)
  | {
      readonly view: 'indicator';
      readonly pilot: string;
      readonly indicator: string;
      readonly assessment: number | null;
    }
  /** Where operators say why a machine stopped; `null`: the one that was chosen last. */
  | { readonly view: 'stops'; readonly machine: string | null }
  /** An address that nothing is at. */
  | { readonly view: 'nowhere'; readonly address: string };

/** What the page of a line shows, by the names that stand in its address; `null`: what comes first. */
export interface LineQuestion {
  readonly window: string | null;
  readonly against: string | null;
}

/** Which shift is reported on; no shift: the whole production day. */
export interface ShiftAsked {
  /** `YYYY-MM-DD`. */
  readonly day: string;
  readonly shift: string | null;
}

/** Which assessment of a pilot is shown, and the section that is gone to; `null`: the newest, from the top. */
export interface PilotQuestion {
  readonly assessment: number | null;
  readonly part: string | null;
}

/** What a machine's page shows; `null`: what comes first. */
export interface MachineQuestion {
  /** Name of the window, or `FROM..TO`. */
  readonly window: string | null;
  /** The stretch of the window that its timeline shows, `FROM..TO`. */
  readonly zoom: string | null;
  /** The stop that its timeline points out: its state, and its reason behind a colon. */
  readonly reason: string | null;
  /** The signals whose trend is drawn, comma-separated. */
  readonly signals: string | null;
}
const MACHINE_FIELDS = ['window', 'zoom', 'reason', 'signals'] as const;

/** Which raw observations are shown; times in ISO 8601. */
export interface ObservationsQuestion {
  readonly from: string | null;
  readonly to: string | null;
  readonly signal: string | null;
}

/** Which orders are shown; what is absent is as it comes: all machines, the last days. */
export interface OrdersQuestion {
  readonly scope?: string;
  readonly from?: string;
  readonly to?: string;
  /** The last so many days, in place of `from` and `to`. */
  readonly days?: string;
}
const ORDERS_FIELDS = ['scope', 'from', 'to', 'days'] as const;

/** Which refused messages are shown; `null`: all, from the newest. */
export interface HealthQuestion {
  readonly code: string | null;
  readonly topic: string | null;
  readonly cursor: string | null;
}
const HEALTH_FIELDS = ['code', 'topic', 'cursor'] as const;

/** What the programme's page shows; `null`: everything, or what comes first. */
export interface ProgrammeQuestion {
  readonly rubric: string | null;
  readonly district: string | null;
  readonly industry: string | null;
  readonly programme: string | null;
  /** Id of the column, with `-` before it where the largest comes first. */
  readonly sort: string | null;
  /** Ids of the pilots that stand side by side, comma-separated. */
  readonly compare: string | null;
}
const PROGRAMME_FIELDS = ['rubric', 'district', 'industry', 'programme', 'sort', 'compare'] as const;

/** enterprise/site/area/line. */
const LINE_LEVELS = 4;
/** enterprise/site/area/line/machine. */
const MACHINE_LEVELS = 5;

export function parseRoute(hash: string): Route {
  const [path = '', search = ''] = hash.replace(/^#\/?/, '').split('?');
  const parameters = new URLSearchParams(search);
  if (path === '') return { view: 'plant', question: plantQuestion(parameters) };
  if (path === 'health') {
    const asked = Object.fromEntries(HEALTH_FIELDS.map((name) => [name, parameters.get(name) || null]));
    return { view: 'health', asked: asked as unknown as HealthQuestion };
  }
  if (path === 'health/explain') {
    return { view: 'explain', topic: parameters.get('topic') ?? '', payload: parameters.get('payload') };
  }
  if (path === 'orders') {
    const said = ORDERS_FIELDS.flatMap((name) => {
      const value = parameters.get(name);
      return value ? [[name, value]] : [];
    });
    return { view: 'orders', asked: Object.fromEntries(said) as OrdersQuestion };
  }
  if (path === 'stops') return { view: 'stops', machine: parameters.get('machine') || null };
  if (path === 'programme') {
    const asked = Object.fromEntries(PROGRAMME_FIELDS.map((name) => [name, parameters.get(name)]));
    return { view: 'programme', asked: asked as unknown as ProgrammeQuestion };
  }
  if (path.startsWith('pilots/')) {
    const [pilot = '', place, indicator, ...more] = path.slice('pilots/'.length).split('/').map(decode);
    const strange = pilot === '' || more.length > 0 || (place !== undefined && place !== 'indicators');
    if (strange || (place && !indicator)) return { view: 'nowhere', address: hash };
    const number = parameters.get('assessment');
    const assessment = number !== null && /^\d{1,15}$/.test(number) ? Number(number) : null;
    return place === 'indicators' && indicator
      ? { view: 'indicator', pilot, indicator, assessment }
      : { view: 'pilot', pilot, assessment, part: parameters.get('part') };
  }
  if (path.startsWith('machines/')) {
    const segments = path.slice('machines/'.length).split('/').map(decode);
    const get = (name: string): string | null => parameters.get(name);
    if (segments.length === MACHINE_LEVELS + 1 && segments[MACHINE_LEVELS] === 'observations') {
      const machine = segments.slice(0, MACHINE_LEVELS).join('/');
      return { view: 'observations', path: machine, from: get('from'), to: get('to'), signal: get('signal') };
    }
    const asked = Object.fromEntries(MACHINE_FIELDS.map((name) => [name, get(name)]));
    return { view: 'machine', path: segments.join('/'), ...(asked as unknown as MachineQuestion) };
  }
  if (path.startsWith('calendar/')) {
    const segments = path.slice('calendar/'.length).split('/').map(decode);
    if (segments.length >= 2 && segments.length <= MACHINE_LEVELS && segments.every((one) => one !== ''))
      return { view: 'calendar', scope: segments.join('/'), month: parameters.get('month') };
  }
  if (path.startsWith('shift-report/')) {
    const segments = path.slice('shift-report/'.length).split('/').map(decode);
    const [day, shift] = [parameters.get('day'), parameters.get('shift') || null];
    if (segments.length === LINE_LEVELS && segments.every((segment) => segment !== '') && day)
      return { view: 'shift', line: segments.join('/'), day, shift };
  }
  if (path.startsWith('lines/')) {
    const segments = path.slice('lines/'.length).split('/').map(decode);
    const [window, against] = [parameters.get('window'), parameters.get('against')];
    if (segments.length >= 2 && segments.length <= 4 && segments.every((segment) => segment !== ''))
      return { view: 'line', scope: segments.join('/'), asked: { window, against } };
  }
  return { view: 'nowhere', address: hash };
}

/** A word that isn't one of those known counts as none. */
function plantQuestion(parameters: URLSearchParams): PlantQuestion {
  const asked = parameters.get('state')?.split(',') ?? [];
  return {
    scope: parameters.get('scope') ?? '',
    states: STATES.filter((state) => asked.includes(state)),
    text: parameters.get('text') ?? '',
    sort: SORTS.find((sort) => sort === parameters.get('sort')) ?? 'path',
    group: GROUPINGS.find((group) => group === parameters.get('group')) ?? 'line',
    wall: parameters.get('wall') === '1',
  };
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment;
  }
}

/** The plant's page; what is left out is as it comes. */
export function plantAddress(question: Partial<PlantQuestion> = {}): string {
  const { scope, states, text, sort, group, wall } = question;
  const said = {
    scope,
    state: states?.join(','),
    text,
    sort: sort === 'path' ? '' : sort,
    group: group === 'line' ? '' : group,
    wall: wall ? '1' : '',
  };
  const parameters = new URLSearchParams(
    Object.entries(said).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  return parameters.size > 0 ? `#/?${parameters}` : '#/';
}
/** The page of a line, area or site. */
export function lineAddress(scope: string, asked: Partial<LineQuestion> = {}): string {
  const parameters = new URLSearchParams(
    Object.entries(asked).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
  const encoded = scope.split('/').map(encodeURIComponent).join('/');
  return `#/lines/${encoded}${parameters.size > 0 ? `?${parameters}` : ''}`;
}
export function ordersAddress(asked: OrdersQuestion = {}): string {
  const parameters = new URLSearchParams(
    ORDERS_FIELDS.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])),
  );
  return parameters.size > 0 ? `#/orders?${parameters}` : '#/orders';
}
/** The calendars of a site, or that of a part of it; without a month of this month. */
export const calendarAddress = (scope: string, month: string | null = null): string =>
  `#/calendar/${encodedPath(scope)}${month === null ? '' : `?month=${month}`}`;
/** The report of a line's shift. */
export function shiftAddress(line: string, { day, shift }: ShiftAsked): string {
  const parameters = new URLSearchParams({ day, ...(shift === null ? {} : { shift }) });
  return `#/shift-report/${line.split('/').map(encodeURIComponent).join('/')}?${parameters}`;
}
/** The operators' page of stops. */
export const stopsAddress = (machine: string | null = null): string =>
  machine === null || machine === '' ? '#/stops' : `#/stops?${new URLSearchParams({ machine })}`;
export const healthAddress = '#/health';
export function refusedAddress(asked: Partial<HealthQuestion>): string {
  const parameters = new URLSearchParams(
    HEALTH_FIELDS.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])),
  );
  return parameters.size > 0 ? `${healthAddress}?${parameters}` : healthAddress;
}
export const explainAddress = (topic: string, payload: string | null = null): string =>
  `${healthAddress}/explain?${new URLSearchParams({ topic, ...(payload === null ? {} : { payload }) })}`;
export function programmeAddress(asked: Partial<ProgrammeQuestion> = {}): string {
  const parameters = new URLSearchParams(
    PROGRAMME_FIELDS.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])),
  );
  return parameters.size > 0 ? `#/programme?${parameters}` : '#/programme';
}
const ofAssessment = (id: number | null): string => (id === null ? '' : `?assessment=${id}`);
export function pilotAddress(pilot: string, assessment: number | null = null, part = ''): string {
  const parameters = new URLSearchParams({
    ...(assessment === null ? {} : { assessment: String(assessment) }),
    ...(part === '' ? {} : { part }),
  });
  return `#/pilots/${encodeURIComponent(pilot)}${parameters.size > 0 ? `?${parameters}` : ''}`;
}
export const indicatorAddress = (pilot: string, indicator: string, assessment: number | null): string =>
  `#/pilots/${encodeURIComponent(pilot)}/indicators/${encodeURIComponent(indicator)}${ofAssessment(assessment)}`;
/** A machine's page for a stretch of time, in ms. */
export const machineSpanAddress = (path: string, { from, to }: { from: number; to: number }): string =>
  machineAddress(path, `${new Date(from).toISOString()}..${new Date(to).toISOString()}`);
export const machineAddress = (path: string, window?: string): string =>
  machineQuestionAddress(path, window ? { window } : {});
export function machineQuestionAddress(path: string, asked: Partial<MachineQuestion>): string {
  const parameters = new URLSearchParams(
    MACHINE_FIELDS.flatMap((name) => (asked[name] ? [[name, asked[name]]] : [])),
  );
  return `#/machines/${encodedPath(path)}${parameters.size > 0 ? `?${parameters}` : ''}`;
}
/** What was heard of a machine in a stretch of time, in ms. */
export function observationsAddress(
  path: string,
  { from, to, signal }: { from: number; to: number; signal?: string | null },
): string {
  const span = { from: new Date(from).toISOString(), to: new Date(to).toISOString() };
  const parameters = new URLSearchParams({ ...span, ...(signal ? { signal } : {}) });
  return `#/machines/${encodedPath(path)}/observations?${parameters}`;
}
export const encodedPath = (path: string): string => path.split('/').map(encodeURIComponent).join('/');

/** Goes to an address of the page. `replace`: the back button leads to where one was before the present one. */
export function goTo(address: string, { replace = false } = {}): void {
  if (!replace) {
    location.hash = address;
    return;
  }
  history.replaceState(history.state, '', address);
  dispatchEvent(new HashChangeEvent('hashchange'));
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
