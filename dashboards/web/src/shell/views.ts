import type { Route } from '../route.ts';

/** Where each view belongs in the navigation; `null`: nowhere. The compiler asks for all of them. */
export const SECTION: Readonly<Record<Route['view'], 'plant' | 'stops' | 'programme' | 'health' | null>> = {
  plant: 'plant',
  line: 'plant',
  calendar: 'plant',
  shift: 'plant',
  machine: 'plant',
  observations: 'plant',
  orders: 'plant',
  programme: 'programme',
  pilot: 'programme',
  indicator: 'programme',
  health: 'health',
  explain: 'health',
  stops: 'stops',
  nowhere: null,
};

/** Every view that an address can lead to. */
export const VIEWS = Object.keys(SECTION) as readonly Route['view'][];
