import type { Words } from '../i18n/zh.ts';
import type { Route } from '../route.ts';

/** What the browser calls the page, the most particular first: it is cut at its end. */
export function titleOf(route: Route, words: Words): string {
  return [...partsOf(route, words), words.title].join(' · ');
}

function partsOf(route: Route, words: Words): string[] {
  switch (route.view) {
    case 'plant':
      return [...(route.question.scope ? [lastOf(route.question.scope)] : []), words.plant];
    case 'line':
      return [lastOf(route.scope), words.wall.lineView];
    case 'calendar':
      return [words.calendar.title, lastOf(route.scope)];
    case 'shift':
      return [route.day, lastOf(route.line), words.shiftReport.title];
    case 'machine':
      return [lastOf(route.path), words.machine];
    case 'observations':
      return [words.onMachine.heardTitle, lastOf(route.path)];
    case 'orders':
      return [...(route.asked.scope ? [lastOf(route.asked.scope)] : []), words.work.orders];
    case 'health':
      return [words.health];
    case 'explain':
      return [words.dataHealth.explainTitle, words.health];
    case 'programme':
      return [words.programme];
    case 'pilot':
      return [route.pilot, words.programme];
    case 'indicator':
      return [route.indicator, route.pilot, words.programme];
    case 'stops':
      return [...(route.machine ? [lastOf(route.machine)] : []), words.stopping.title];
    case 'nowhere':
      return [words.wall.noPage];
  }
}

const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** The same as long as one stays at a place, whatever of it is shown. */
export function placeOf(route: Route): string {
  switch (route.view) {
    case 'line':
      return `line ${route.scope}`;
    case 'calendar':
      return `calendar ${route.scope}`;
    case 'shift':
      return `shift ${route.line} ${route.day} ${route.shift}`;
    case 'machine':
      return `machine ${route.path}`;
    case 'observations':
      return `observations ${route.path}`;
    case 'orders':
      return `orders ${route.asked.scope ?? ''}`;
    case 'pilot':
      return `pilot ${route.pilot}`;
    case 'indicator':
      return `indicator ${route.pilot} ${route.indicator}`;
    case 'nowhere':
      return `nowhere ${route.address}`;
    default:
      return route.view;
  }
}
